package dev.steward.testkit.proof;

import dev.steward.testkit.proof.Chronicle.Entry;
import dev.steward.testkit.proof.Chronicle.Mark;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A chronicle as a page to be opened in a browser: what failed, the way there in words, a drawing, and a table of everything. The page
 * is one file that needs no script and nothing from elsewhere, and shows all that others named as text.
 */
public final class ChroniclePage {
    private static final int OPEN = 60; // entries of a table that need not be opened first

    private final Chronicle chronicle;
    private final StringBuilder page = new StringBuilder(64 * 1024);

    private ChroniclePage(Chronicle chronicle) {
        this.chronicle = chronicle;
    }

    /** The page, in HTML and UTF-8. */
    public static String of(Chronicle chronicle) {
        return new ChroniclePage(chronicle).write();
    }

    private String write() {
        String title = PageText.escape(chronicle.title());
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n")
                .append(
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n")
                .append("<meta name=\"viewport\" content=\"width=device-width\"/>\n<title>")
                .append(title)
                .append("</title>\n<style>\n")
                .append(PageStyle.SHEET)
                .append("</style>\n</head>\n<body>\n<h1>")
                .append(title)
                .append("</h1>\n");
        failure();
        story();
        if (!chronicle.entries().isEmpty()) {
            drawing();
            table();
        }
        return page.append("</body>\n</html>\n").toString();
    }

    private void failure() {
        if (chronicle.failure().isEmpty()) {
            page.append("<p class=\"fine\">Nothing that must hold was broken.</p>\n");
        } else {
            page.append("<p class=\"broken\">")
                    .append(PageText.escapeLines(chronicle.failure()))
                    .append("</p>\n");
        }
        page.append("<dl>\n");
        chronicle.facts().forEach(this::fact);
        fact("length", ChronicleTime.roughly(chronicle.end()));
        page.append("</dl>\n");
    }

    private void fact(String name, String value) {
        page.append("<dt>").append(PageText.escape(name)).append("</dt><dd>");
        page.append(PageText.escapeLines(value)).append("</dd>\n");
    }

    private void story() {
        if (!chronicle.story().isEmpty()) {
            page.append("<h2>How it came about</h2>\n<ol>\n");
            chronicle
                    .story()
                    .forEach(line ->
                            page.append("<li>").append(PageText.escape(line)).append("</li>\n"));
            page.append("</ol>\n");
        }
        if (!chronicle.test().isEmpty()) {
            page.append("<h2>To see it again</h2>\n<pre>")
                    .append(PageText.escapeLines(chronicle.test()))
                    .append("</pre>\n");
        }
    }

    private void drawing() {
        var colours = new PageColours();
        var drawing = new PageDrawing(chronicle.entries(), colours);
        String html = drawing.html(!chronicle.failure().isEmpty());
        page.append("<h2>What happened</h2>\n").append(PageStyle.PATTERNS);
        legend(colours);
        page.append(html);
        if (chronicle.dropped() > 0) {
            note(chronicle.dropped() + " earlier entries were not kept.");
        }
        PageChoice choice = drawing.choice();
        if (choice.routine() > 0) {
            note("Only in the table: " + choice.routine()
                    + " calls and repeated states that are far from anything remarkable.");
        }
        if (choice.start() > 0) {
            note("Drawn from " + ChronicleTime.roughly(Duration.ofNanos(choice.start()))
                    + " on; the table has what happened before.");
        }
        if (!drawing.lanes().omitted().isEmpty()) {
            note("Only in the table: "
                    + drawing.lanes().omitted().entrySet().stream()
                            .map(group -> group.getValue() + " of " + group.getKey())
                            .collect(Collectors.joining(", "))
                    + ".");
        }
        note(
                "Times in which nothing happened are cut short where the drawing is torn. Point at a bar or a mark to see why.");
    }

    private void note(String text) {
        page.append("<p class=\"note\">").append(PageText.escape(text)).append("</p>\n");
    }

    private void legend(PageColours colours) {
        page.append("<ul class=\"legend\">\n");
        colours.looks().forEach((state, look) -> {
            String height = "x=\"1\" y=\"1\" width=\"20\" height=\"12\"";
            String pattern =
                    look.pattern().isEmpty() ? "" : "<rect " + height + " fill=\"url(#" + look.pattern() + ")\"/>";
            legend(
                    22,
                    "<rect " + height + " fill=\"" + look.colour() + (look.gone() ? "\" class=\"outline\"/>" : "\"/>")
                            + pattern,
                    state);
        });
        if (chronicle.entries().stream()
                .anyMatch(entry -> entry.failed() && entry.mark().isState())) {
            legend(
                    22,
                    "<rect class=\"failed\" x=\"2\" y=\"2\" width=\"18\" height=\"9\" fill=\"none\"/>",
                    "failed for good");
        }
        Set<Mark> marks = new TreeSet<>();
        chronicle.entries().stream()
                .map(Entry::mark)
                .filter(mark -> !mark.isState())
                .forEach(marks::add);
        for (Mark mark : marks) {
            String shape = "<g transform=\"translate(8 7)\">" + PageSymbols.shape(mark) + "</g>";
            legend(16, shape, PageSymbols.styleClass(mark));
        }
        page.append("</ul>\n");
    }

    private void legend(int width, String shape, String word) {
        page.append("<li><svg width=\"")
                .append(width)
                .append("\" height=\"14\" aria-hidden=\"true\">")
                .append(shape);
        page.append("</svg>").append(PageText.escape(PageText.fit(word, 200))).append("</li>\n");
    }

    private void table() {
        List<Entry> entries = chronicle.entries();
        page.append("<h2>Everything, in words</h2>\n<details").append(entries.size() <= OPEN ? " open=\"\"" : "");
        page.append("><summary>").append(entries.size()).append(" entries</summary>\n<table>\n");
        page.append("<thead><tr><th scope=\"col\">when</th><th scope=\"col\">what</th><th scope=\"col\">who</th>")
                .append("<th scope=\"col\">happened</th><th scope=\"col\">why</th></tr></thead>\n<tbody>\n");
        int number = 0;
        for (Entry entry : entries) {
            boolean failure = entry.failed() && entry.mark().isState();
            page.append("<tr id=\"e").append(++number).append("\" class=\"");
            page.append(failure ? "failure" : PageSymbols.styleClass(entry.mark()))
                    .append("\"><td>");
            page.append(ChronicleTime.of(entry.at())).append("</td><td>").append(ChronicleText.word(entry));
            page.append("</td><td>")
                    .append(PageText.escape(ChronicleText.who(entry)))
                    .append("</td><td>");
            page.append(PageText.escape(ChronicleText.what(entry))).append("</td><td>");
            page.append(PageText.escape(entry.cause())).append("</td></tr>\n");
        }
        page.append("</tbody>\n</table>\n</details>\n");
    }
}
