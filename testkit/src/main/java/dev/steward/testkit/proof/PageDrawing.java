package dev.steward.testkit.proof;

import dev.steward.testkit.proof.Chronicle.Entry;
import dev.steward.testkit.proof.Chronicle.Mark;
import dev.steward.testkit.proof.PageFlags.Flag;
import dev.steward.testkit.proof.PageLane.Numbered;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The drawing: a row for each process and thing, time from left to right. Not safe for use by many threads. */
final class PageDrawing {
    private static final double FLAG = 17; // heights in pixels, from here on
    private static final double LABEL = 15;
    private static final double HEAD = 22;
    private static final double ROW = 35;
    private static final double BAR = 16;
    private static final double NAME = 216; // the longest name
    private static final double LONG = 230; // the longest label of a mark in a row
    private static final int BREAKS = 2; // rows
    private static final int MANY = 12; // with more rows than this the times stand below them as well
    private static final int TOLD = 15; // how many marks in one place are told on hover

    private final PageLanes lanes;
    private final PageAxis axis;
    private final PageChoice choice;
    private final double namesWidth;
    private final PageFlags flags;
    private final PageColours colours;
    private final List<Double> tops = new ArrayList<>();
    private final double axisTop;
    private final double lanesTop;
    private final double rowsEnd;
    private final double bottom;
    private final StringBuilder names = new StringBuilder();
    private final StringBuilder plot = new StringBuilder();

    PageDrawing(List<Entry> entries, PageColours colours) {
        this.colours = colours;
        this.choice = new PageChoice(entries);
        this.lanes = new PageLanes(choice.entries());
        this.axis = new PageAxis(choice.instants());
        this.flags =
                new PageFlags(lanes.flags().stream().filter(choice::isDrawn).toList(), axis);
        this.namesWidth = lanes.drawn().stream()
                .mapToDouble(lane -> Math.min(PageText.width(lane.name()), NAME) + 24)
                .reduce(90, Math::max);
        this.axisTop = 6 + flags.rows() * FLAG;
        this.lanesTop = axisTop + LABEL * (1 + Math.min(BREAKS, axis.breaks().size())) + 4;
        double top = lanesTop;
        String group = "";
        for (PageLane lane : lanes.drawn()) {
            top += lane.group().equals(group) ? 0 : HEAD;
            group = lane.group();
            tops.add(top);
            top += ROW;
        }
        this.rowsEnd = top + 8;
        this.bottom = rowsEnd + (tops.size() > MANY ? LABEL : 0);
    }

    PageLanes lanes() {
        return lanes;
    }

    PageChoice choice() {
        return choice;
    }

    /**
     * The drawing, in HTML.
     *
     * @param end whether it is the end that a reader wants to see first
     */
    String html(boolean end) {
        grid();
        String group = "";
        for (int row = 0; row < tops.size(); row++) {
            PageLane lane = lanes.drawn().get(row);
            double top = tops.get(row);
            if (!lane.group().equals(group)) {
                group = lane.group();
                text(names, "group", 6, top - 6, PageText.fit(group, namesWidth - 8));
                line(names, "edge", 0, top - HEAD + 2, namesWidth, top - HEAD + 2);
                line(plot, "edge", 0, top - HEAD + 2, axis.width(), top - HEAD + 2);
            }
            names.append("<g><title>").append(PageText.escape(lane.name())).append("</title>");
            text(names, "name", 12, top + ROW - 8, PageText.fit(lane.name(), NAME));
            names.append("</g>\n");
            new PageBars(lane, axis, choice.start(), colours).draw(plot, top + ROW - BAR - 3, BAR);
        }
        breaks();
        flags.flags().forEach(this::pole);
        times();
        for (int row = 0; row < tops.size(); row++) {
            marks(lanes.drawn().get(row).marks(), tops.get(row) + 8);
        }
        flags.flags().forEach(this::flag);
        return "<div class=\"drawing" + (end ? " end" : "")
                + "\" role=\"group\" aria-label=\"What happened, by time; the table below says the same in words\">\n"
                + svg("names", namesWidth, names) + svg("plot", axis.width(), plot) + "</div>\n";
    }

    private String svg(String style, double width, StringBuilder content) {
        return "<svg class=\"" + style + "\" width=\"" + number(width) + "\" height=\"" + number(bottom) + "\">\n"
                + content + "</svg>\n";
    }

    private void grid() {
        for (PageAxis.Tick tick : axis.ticks()) {
            line(plot, "tick", tick.x(), axisTop + 4, tick.x(), bottom);
        }
    }

    private void times() {
        for (PageAxis.Tick tick : axis.ticks()) {
            text(plot, "time", tick.x() + 3, axisTop + 13, tick.label());
            if (bottom > rowsEnd) {
                text(plot, "time", tick.x() + 3, bottom - 3, tick.label());
            }
        }
    }

    private void breaks() {
        var rows = new PageRows(BREAKS);
        for (PageAxis.Break cut : axis.breaks()) {
            String length = "⋯ " + ChronicleTime.roughly(cut.length()) + " ⋯";
            double half = PageText.width(length) / 2;
            double middle = Math.max(cut.x(), half);
            int row = rows.take(middle - half, middle + half);
            plot.append("<g><title>nothing for ")
                    .append(ChronicleTime.of(cut.length()))
                    .append("; not drawn in full</title>");
            if (row >= 0) {
                plot.append("<text class=\"gone\" text-anchor=\"middle\" x=\"")
                        .append(number(middle))
                        .append("\" y=\"")
                        .append(number(axisTop + 13 + LABEL * (row + 1)))
                        .append("\">")
                        .append(length)
                        .append("</text>");
            }
            plot.append("<path class=\"cut\" d=\"").append(zigzag(cut.x())).append("\"/>");
            for (int side : new int[] {-3, 3}) {
                plot.append("<path class=\"torn\" d=\"")
                        .append(zigzag(cut.x() + side))
                        .append("\"/>");
            }
            plot.append("</g>\n");
        }
    }

    private String zigzag(double x) {
        var path = new StringBuilder();
        int side = 0;
        for (double y = lanesTop; y < rowsEnd + 10; y += 10) {
            path.append(path.isEmpty() ? "M" : "L").append(number(x + (side++ % 2 == 0 ? -4 : 4)));
            path.append(' ').append(number(Math.min(y, rowsEnd - 3)));
        }
        return path.toString();
    }

    private void pole(Flag flag) {
        Mark mark = flag.first().entry().mark();
        int row = lanes.row(flag.first());
        boolean all = mark == Mark.VIOLATION || row < 0;
        String style = "pole " + PageSymbols.styleClass(mark);
        line(plot, style, flag.x(), axisTop - FLAG * flag.row(), flag.x(), all ? rowsEnd : tops.get(row) + ROW - 3);
    }

    private void flag(Flag flag) {
        double y = axisTop - FLAG * flag.row() - 6;
        Numbered first = flag.first();
        open(first, flag.x(), y, told(flag.marks()));
        if (!flag.label().isEmpty()) {
            String style = "label " + PageSymbols.styleClass(first.entry().mark());
            plot.append("<text class=\"")
                    .append(style)
                    .append(flag.before() ? "\" text-anchor=\"end\" x=\"-9" : "\" x=\"9");
            plot.append("\" y=\"4\">").append(PageText.escape(flag.label())).append("</text>");
        } else if (flag.marks().size() > 1) {
            plot.append("<text class=\"count\" x=\"0\" y=\"-6\">")
                    .append(flag.marks().size())
                    .append("</text>");
        }
        plot.append("</a>\n");
    }

    private void marks(List<Numbered> marks, double y) {
        List<Numbered> together = new ArrayList<>();
        double from = 0;
        for (Numbered mark : marks.stream().filter(choice::isDrawn).toList()) {
            double x = axis.x(mark.entry().at().toNanos());
            if (!together.isEmpty() && x - from >= PageAxis.APART) {
                mark(together, from, y, x - from);
                together.clear();
            }
            from = together.isEmpty() ? x : from;
            together.add(mark);
        }
        if (!together.isEmpty()) {
            mark(together, from, y, axis.width() - from);
        }
    }

    private void mark(List<Numbered> together, double x, double y, double room) {
        Function<Numbered, Integer> weight =
                mark -> PageSymbols.BY_WEIGHT.indexOf(mark.entry().mark());
        Numbered first = together.stream()
                .reduce((one, other) -> weight.apply(other) < weight.apply(one) ? other : one)
                .orElseThrow();
        open(first, x, y, told(together));
        if (!PageLanes.isFlag(first.entry())) {
            String more = together.size() == 1 ? "" : " (+" + (together.size() - 1) + ")";
            String label = PageText.fit(first.entry().text() + more, Math.min(room, LONG) - 14);
            text(plot, "aside", 7, 3.5, label);
        }
        plot.append("</a>\n");
    }

    private void open(Numbered first, double x, double y, String title) {
        plot.append("<a href=\"#e").append(first.number()).append("\" transform=\"translate(");
        plot.append(number(x))
                .append(' ')
                .append(number(y))
                .append(")\"><title>")
                .append(title)
                .append("</title>");
        plot.append(PageSymbols.shape(first.entry().mark()));
    }

    private static String told(List<Numbered> marks) {
        String told = marks.stream()
                .limit(TOLD)
                .map(mark -> PageText.escape(mark.entry().toString()))
                .collect(Collectors.joining("\n"));
        return marks.size() <= TOLD ? told : told + "\nand " + (marks.size() - TOLD) + " more";
    }

    private static void line(StringBuilder to, String style, double x1, double y1, double x2, double y2) {
        to.append("<path class=\"").append(style).append("\" d=\"M");
        to.append(number(x1)).append(' ').append(number(y1)).append('L');
        to.append(number(x2)).append(' ').append(number(y2)).append("\"/>\n");
    }

    static void text(StringBuilder to, String style, double x, double y, String text) {
        if (text.isEmpty()) {
            return;
        }
        to.append("<text class=\"").append(style).append("\" x=\"").append(number(x));
        to.append("\" y=\"")
                .append(number(y))
                .append("\">")
                .append(PageText.escape(text))
                .append("</text>\n");
    }

    /** A number as SVG wants it, to a tenth. */
    static String number(double value) {
        long tenths = Math.round(value * 10);
        return tenths % 10 == 0 ? Long.toString(tenths / 10) : String.format(Locale.ROOT, "%.1f", tenths / 10.0);
    }
}
