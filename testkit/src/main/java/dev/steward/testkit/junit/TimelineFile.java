package dev.steward.testkit.junit;

import dev.steward.testkit.proof.Chronicle;
import dev.steward.testkit.proof.ChroniclePage;
import dev.steward.testkit.proof.HasChronicle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The page that a failed test leaves behind, and where. */
final class TimelineFile {
    private static final String FOLDER = "target/steward-timelines";
    private static final Pattern INVOCATION = Pattern.compile("\\[test-template-invocation:#(\\d+)]$");
    private static final int LONGEST = 180; // of a name, well below what file systems take

    private TimelineFile() {}

    /** What happened before the failure, if it knows, or any of its causes and of what is attached to it. */
    static Optional<Chronicle> of(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> open = new ArrayDeque<>(List.of(failure));
        while (!open.isEmpty()) {
            Throwable next = open.remove();
            if (next instanceof HasChronicle told) {
                return Optional.ofNullable(told.chronicle()); // null if it comes from another process
            }
            if (seen.add(next)) {
                Optional.ofNullable(next.getCause()).ifPresent(open::add);
                Collections.addAll(open, next.getSuppressed());
            }
        }
        return Optional.empty();
    }

    /** Writes the page and says where it is, in one line; empty if none is wanted. Throws nothing, since the test has failed already. */
    static String write(Chronicle chronicle, ExtensionContext test) {
        String folder =
                test.getConfigurationParameter(StewardExtension.TIMELINES).orElse(FOLDER);
        if (folder.isBlank()) {
            return "";
        }
        try {
            Path file = Path.of(folder.strip(), name(test)).toAbsolutePath().normalize();
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, ChroniclePage.of(chronicle));
            test.publishReportEntry("timeline", file.toString());
            return "timeline: " + file.toUri();
        } catch (IOException | InvalidPathException failure) {
            return "timeline: cannot be written to " + folder + ": " + failure;
        } catch (RuntimeException failure) {
            return "timeline: cannot be drawn: " + failure;
        }
    }

    /** Class and method, and which time it was if the method is run several times. */
    private static String name(ExtensionContext test) {
        String name = test.getRequiredTestClass().getName().replace('$', '.') + "."
                + test.getRequiredTestMethod().getName();
        Matcher invocation = INVOCATION.matcher(test.getUniqueId());
        String number = invocation.find() ? "-" + invocation.group(1) : "";
        String plain = name.replaceAll("[^A-Za-z0-9._-]", "_");
        return plain.substring(Math.max(plain.length() - LONGEST, 0)) + number + ".html";
    }
}
