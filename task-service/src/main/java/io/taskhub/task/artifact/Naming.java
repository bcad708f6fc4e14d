package io.taskhub.task.artifact;

import java.util.regex.Pattern;

/** What a file may be called, by clients and by people. */
final class Naming {
    private static final int LABEL_LENGTH = 512;
    private static final int MIME_LENGTH = 255;
    private static final String TOKEN = "[A-Za-z0-9!#$&^_.+-]+";
    private static final Pattern MIME =
            Pattern.compile(TOKEN + "/" + TOKEN + "( *; *" + TOKEN + "=(" + TOKEN + "|\"[ !#-\\[\\]-~]*\"))*");

    private Naming() {}

    /** @throws ArtifactException.NotAllowed when a client could not be given it back as it came */
    static void check(String path, String label, String mime) {
        if (!ArtifactPath.isAllowed(path)) {
            throw new ArtifactException.NotAllowed("path is not allowed");
        }
        if (label.length() > LABEL_LENGTH || !ArtifactPath.isText(label)) {
            throw new ArtifactException.NotAllowed("label is not allowed");
        }
        if (mime.length() > MIME_LENGTH || !MIME.matcher(mime).matches()) {
            throw new ArtifactException.NotAllowed("mime is no media type");
        }
    }
}
