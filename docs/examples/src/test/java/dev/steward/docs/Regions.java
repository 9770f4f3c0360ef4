package dev.steward.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The named regions of the example sources, and what differs between them and the blocks of a page.
 *
 * <p>A region stands between {@code // region Name} and {@code // endregion}, in XML between such comments. A block names its
 * region in a line {@code <!-- region: Name -->} above it; a Java block must, any other block may. Immutable.
 */
final class Regions {
    private static final Pattern OPENING = Pattern.compile("\\s*(?://|<!--)\\s*region (\\w+).*");
    private static final Pattern CLOSING = Pattern.compile("\\s*(?://|<!--)\\s*endregion.*");
    private static final Pattern BLOCK = Pattern.compile(
            "(?m)(?:^[ \\t]*<!-- region: (\\w+) -->\\s*)?^([ \\t]*)```(\\w*)\\n(.*?)^\\2```[ \\t]*$", Pattern.DOTALL);

    private final Map<String, String> regions = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    /** Reads every Java and XML file below a folder. */
    static Regions below(Path folder) throws IOException {
        Regions regions = new Regions();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().matches(".*\\.(java|xml)"))
                    .sorted()
                    .forEach(regions::addFile);
        }
        return regions;
    }

    static Regions of(String source) {
        Regions regions = new Regions();
        regions.add("source", source);
        return regions;
    }

    /** What is wrong with a page, one line each; empty if every block is equal to its region. */
    List<String> problemsOf(String page, String text) {
        List<String> found = new ArrayList<>(problems);
        Matcher block = BLOCK.matcher(text.replace("\r\n", "\n"));
        while (block.find()) {
            String name = block.group(1);
            if (name == null) {
                if (block.group(3).equals("java")) {
                    found.add(page + ": a java block names no region: " + firstLine(block.group(4)));
                }
            } else if (!regions.containsKey(name)) {
                found.add(page + ": no region " + name);
            } else {
                compare(page + ": region " + name, regions.get(name), strip(block.group(4)), found);
            }
        }
        return found;
    }

    private static void compare(String where, String region, String block, List<String> found) {
        String[] expected = region.split("\n", -1);
        String[] actual = block.split("\n", -1);
        for (int i = 0; i < Math.max(expected.length, actual.length); i++) {
            String want = i < expected.length ? expected[i] : "(end)";
            String have = i < actual.length ? actual[i] : "(end)";
            if (!want.equals(have)) {
                found.add(where + " differs in line " + (i + 1) + ": the page has \"" + have + "\", the code \"" + want
                        + "\"");
                return;
            }
        }
    }

    private void addFile(Path file) {
        try {
            add(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String file, String source) {
        String open = "";
        StringBuilder body = new StringBuilder();
        for (String line : source.lines().toList()) {
            Matcher opening = OPENING.matcher(line);
            if (opening.matches()) {
                if (!open.isEmpty()) {
                    problems.add(file + ": region " + opening.group(1) + " opens inside region " + open);
                }
                open = opening.group(1);
                body.setLength(0);
            } else if (CLOSING.matcher(line).matches()) {
                if (regions.put(open, strip(body.toString())) != null) {
                    problems.add(file + ": a second region " + open);
                }
                open = "";
            } else {
                body.append(line).append('\n');
            }
        }
        if (!open.isEmpty()) {
            problems.add(file + ": region " + open + " has no end");
        }
    }

    private static String strip(String code) {
        return code.replaceFirst("^(\\s*\\n)+", "").stripTrailing().stripIndent();
    }

    private static String firstLine(String code) {
        return strip(code).lines().findFirst().orElse("(empty)");
    }
}
