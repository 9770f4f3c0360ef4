package dev.steward.process;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Tells files that are ours from those that somebody else has put in their place; a link is never followed. By number, not by name: to ask
 * for the name of a user may take the network. Safe for use by many threads.
 */
final class OwnFiles {
    private static final Path SELF = Path.of("/proc/self");
    private static final Integer ROOT = 0;
    private static final int TYPE = 0170000;
    private static final int FOLDER = 0040000;
    private static final int REGULAR = 0100000;
    private static final int LINK = 0120000;
    private static final int WRITABLE_BY_OTHERS = 0022;

    private OwnFiles() {}

    /**
     * What is wrong with a folder to which only we should be able to write, as the rest of a sentence; empty if nothing is.
     *
     * @throws IOException if it cannot be looked at
     */
    static String flawOfFolder(Path folder) throws IOException {
        return flaw(folder, FOLDER, "is not a folder");
    }

    /**
     * What is wrong with a file that only we should have written; empty if nothing is.
     *
     * @throws IOException if it cannot be looked at
     */
    static String flawOfFile(Path file) throws IOException {
        return flaw(file, REGULAR, "is not a regular file");
    }

    /**
     * Whose a folder is, if it is neither ours nor that of root, who could write to it anyway: the number of the user; empty otherwise.
     *
     * @throws IOException if it cannot be looked at
     */
    static String foreignOwner(Path folder) throws IOException {
        Object user = Files.getAttribute(folder, "unix:uid", NOFOLLOW_LINKS);
        boolean trusted = user.equals(ROOT) || user.equals(Files.getAttribute(SELF, "unix:uid"));
        return trusted ? "" : user.toString();
    }

    private static String flaw(Path path, int type, String wrongType) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(path, "unix:mode,uid", NOFOLLOW_LINKS);
        int mode = (Integer) attributes.getOrDefault("mode", 0);
        if ((mode & TYPE) == LINK) {
            return "is a symbolic link";
        }
        if ((mode & TYPE) != type) {
            return wrongType;
        }
        Object user = attributes.getOrDefault("uid", -1);
        if (!user.equals(Files.getAttribute(SELF, "unix:uid"))) {
            return "belongs to user " + user;
        }
        return (mode & WRITABLE_BY_OTHERS) != 0 ? "can be written by others" : "";
    }
}
