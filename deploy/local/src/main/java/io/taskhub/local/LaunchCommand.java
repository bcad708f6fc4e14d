package io.taskhub.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/**
 * The command line of a service: small heap, and {@link PipeGuardedMain} in front of Quarkus' own main class.
 *
 * @param repository where the built services are
 * @param guardJar made by {@link #writeGuardJar}
 */
record LaunchCommand(Path repository, Path guardJar) {
    static final String INSTANCE = "-Dtaskhub.instance=";

    List<String> of(Topology.Instance instance) {
        Path jar = applicationJar(instance.type());
        Attributes manifest = manifest(jar);
        List<String> command = new ArrayList<>();
        if (Commands.present("setsid")) {
            command.add("setsid"); // a Ctrl-C is for the launcher, which then stops its children in order
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of("-XX:+UseSerialGC", "-Xmx192m", "-XX:+UseCompactObjectHeaders", "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(openings(manifest));
        command.add(INSTANCE + instance.name());
        command.addAll(List.of("-cp", jar + java.io.File.pathSeparator + guardJar));
        command.add(PipeGuardedMain.class.getName());
        command.add(manifest.getValue(Attributes.Name.MAIN_CLASS));
        return command;
    }

    boolean isBuilt(ServiceType type) {
        return findJar(type).isPresent();
    }

    private Path applicationJar(ServiceType type) {
        return findJar(type)
                .orElseThrow(() ->
                        new SuiteRefusal("%s is not built: run ./taskhub up, or mvn package".formatted(type.name())));
    }

    private Optional<Path> findJar(ServiceType type) {
        Path target = repository.resolve(type.name()).resolve("target");
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, type.name() + "-*-runner.jar")) {
            Iterator<Path> found = jars.iterator();
            return found.hasNext() ? Optional.of(found.next()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // no target directory: as good as an empty one
        }
    }

    /** What the manifest opens for {@code java -jar} has to be said when it is not started that way. */
    private static List<String> openings(Attributes manifest) {
        List<String> options = new ArrayList<>();
        for (String opened : words(manifest, "Add-Opens")) {
            options.add("--add-opens=" + opened + "=ALL-UNNAMED");
        }
        for (String exported : words(manifest, "Add-Exports")) {
            options.add("--add-exports=" + exported + "=ALL-UNNAMED");
        }
        options.add("--enable-native-access=ALL-UNNAMED");
        options.add("--sun-misc-unsafe-memory-access=allow");
        return options;
    }

    private static List<String> words(Attributes manifest, String name) {
        String value = manifest.getValue(name);
        return value == null || value.isBlank()
                ? List.of()
                : List.of(value.trim().split("\\s+", -1));
    }

    private static Attributes manifest(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + jar, e);
        }
    }

    /** Packs the one class that children get from us. */
    static Path writeGuardJar(Path jar) {
        String entry = PipeGuardedMain.class.getName().replace('.', '/') + ".class";
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        try (InputStream in = LaunchCommand.class.getResourceAsStream("/" + entry);
                OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + entry);
            }
            out.putNextEntry(new ZipEntry(entry));
            in.transferTo(out);
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + jar, e);
        }
    }
}
