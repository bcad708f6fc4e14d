package io.taskhub.dag;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.contracts.TaskConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A value is data to a real {@code /bin/sh}, whatever is in it and wherever it stands. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ShellCommandTest {
    private static final List<String> NASTY = List.of(
            "",
            "plain",
            "two  words",
            " blank around ",
            "it's",
            "say \"hi\"",
            "$(touch pwned)",
            "`touch pwned`",
            "; touch pwned",
            "&& touch pwned || touch pwned",
            "| touch pwned &",
            "x\ntouch pwned\ny",
            "'; touch pwned; '",
            "\"; touch pwned; \"",
            "'\"'; touch pwned; '\"'",
            "\\'; touch pwned #",
            "\\",
            "\\\\",
            "tail\\",
            "$HOME ${PATH} $TASKHUB_1",
            "* ? [a-z]* ~",
            "EOF\ntouch pwned\nEOF",
            "#{{nodes.a.stdout}}",
            "{{run.params.v}}",
            "-n",
            "!history",
            "tab\there",
            "€ ä 😀",
            "x".repeat(10_000));

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "printf '%s' {{run.params.v}}",
                "printf '%s' \"{{run.params.v}}\"",
                "printf '%s' '{{run.params.v}}'",
                "printf %s {{ run.params.v }} # don't",
                "x={{run.params.v}}; printf '%s' \"$x\"",
                "x=\"{{run.params.v}}\" && printf '%s' \"$x\"",
                "printf '%s' '' \"\" \\' >/dev/null; printf '%s' \"{{run.params.v}}\"",
                "f() { printf '%s' \"$1\"; }; f {{run.params.v}}",
                "if true\nthen printf '%s' {{run.params.v}}\nfi",
                "(printf '%s' {{run.params.v}})"
            })
    void it_arrives_as_one_word_as_it_is(String command) throws Exception {
        for (String value : NASTY) {
            assertThat(run(command, value)).as(value).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "printf '%s' a{{run.params.v}}b",
                "printf '%s' \"a{{run.params.v}}b\"",
                "printf '%s' 'a{{run.params.v}}b'",
                "printf '%s' 'a'{{run.params.v}}\"b\""
            })
    void text_around_it_stays_around_it(String command) throws Exception {
        for (String value : NASTY) {
            assertThat(run(command, value)).as(value).isEqualTo("a" + value + "b");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat <<EOF\n{{run.params.v}}\nEOF",
                "cat <<'EOF'\n{{run.params.v}}\nEOF",
                "cat <<-EOF\n\t\"{{run.params.v}}\"\n\tEOF\n",
                "echo don\\'t {{run.params.v}}",
                "echo \\{{run.params.v}}",
                "echo \"\\{{run.params.v}}\"",
                "# it's a comment\necho {{run.params.v}}",
                "# a \"comment\necho {{run.params.v}}",
                "echo ${NOTHING:-{{run.params.v}}}",
                "echo \"${NOTHING:-'{{run.params.v}}'}\"",
                "case {{run.params.v}} in a) echo a;; *) echo {{run.params.v}};; esac",
                "printf '%s' \"$(printf '%s' 'a{{run.params.v}}b')\"",
                "printf '%s' \"`printf '%s' a{{run.params.v}}b`\"",
                "echo `echo {{run.params.v}}`",
                "echo \"$(echo '{{run.params.v}}')\"",
                "echo $({{run.params.v}})",
                "{{run.params.v}}",
                "'{{run.params.v}}",
                "\"{{run.params.v}}"
            })
    void nowhere_is_it_read_as_a_command(String command) throws Exception {
        for (String value : NASTY) {
            var unused = run(command, value);
        }
    }

    @Test
    void the_same_value_is_written_once_and_several_keep_apart() throws Exception {
        String command = filled(
                "printf '%s|%s|%s' {{run.params.v}} \"{{nodes.a.stdout}}\" '{{run.params.v}}'", "it's; touch pwned");
        assertThat(command).startsWith("TASKHUB_1='it'\\''s; touch pwned'; TASKHUB_2='left'; printf ");
        assertThat(sh(command)).isEqualTo("it's; touch pwned|left|it's; touch pwned");
    }

    @Test
    void nul_cannot_be_in_a_command_and_is_left_out() throws Exception {
        assertThat(run("printf '%s' {{run.params.v}}", "a\0b")).isEqualTo("ab");
    }

    private String run(String command, String value) throws IOException, InterruptedException {
        String printed = sh(filled(command, value));
        assertThat(directory.resolve("pwned")).as(command + " with " + value).doesNotExist();
        return printed;
    }

    private static String filled(String command, String value) {
        Resolver resolver = new Resolver(Map.of("v", value), Map.of("a", new Resolver.Output(0, "left\n", "")));
        return resolver.resolve(TaskConfig.from(Map.of("id", "b", "exec_type", "Shell", "exec_command", command)))
                .exec_command();
    }

    private String sh(String command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "out", "");
        Process process = new ProcessBuilder("/bin/sh", "-c", command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        String printed = Files.readString(out, StandardCharsets.UTF_8);
        Files.delete(out);
        return printed;
    }
}
