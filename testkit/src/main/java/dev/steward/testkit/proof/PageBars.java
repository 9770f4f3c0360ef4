package dev.steward.testkit.proof;

import dev.steward.testkit.proof.Chronicle.Entry;
import dev.steward.testkit.proof.PageColours.Look;
import dev.steward.testkit.proof.PageLane.Numbered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The bars of one row: a bar for each state, as long as it lasted, with its word on it wherever there is room. Not safe for use by many
 * threads.
 */
final class PageBars {
    private static final double AGAIN = 400; // pixels after which the word of a long bar is repeated
    private static final double TORN = 8; // half of what the mark of a break covers

    private final PageLane lane;
    private final PageAxis axis;
    private final long start;
    private final PageColours colours;

    PageBars(PageLane lane, PageAxis axis, long start, PageColours colours) {
        this.lane = lane;
        this.axis = axis;
        this.start = start;
        this.colours = colours;
    }

    void draw(StringBuilder to, double top, double height) {
        List<Numbered> states = lane.states();
        for (int i = 0; i < states.size(); i++) {
            Entry state = states.get(i).entry();
            boolean last = i == states.size() - 1;
            long until = last ? Long.MAX_VALUE : states.get(i + 1).entry().at().toNanos();
            if (until > state.at().toNanos() && until > start) {
                double to1 = last ? axis.width() : axis.x(until);
                bar(to, state, until, axis.x(state.at().toNanos()), to1, top, height);
            }
        }
        for (int i = 0; i < states.size() - 1; i++) { // over the bars: what was left at once
            Entry state = states.get(i).entry();
            if (state.at().equals(states.get(i + 1).entry().at()) && state.at().toNanos() >= start) {
                bar(to, state, state.at().toNanos(), axis.x(state.at().toNanos()), -1, top, height);
            }
        }
    }

    private void bar(StringBuilder to, Entry state, long until, double from, double end, double top, double height) {
        Look look = colours.of(state.text());
        boolean moment = end < from;
        double width = moment ? 2 : Math.max(end - from - 1, 1);
        double high = moment ? height + 6 : height;
        double y = moment ? top - 3 : top;
        to.append("<g><title>").append(title(state, until)).append("</title>");
        String box = "x=\"" + PageDrawing.number(from) + "\" y=\"" + PageDrawing.number(y) + "\" width=\""
                + PageDrawing.number(width) + "\" height=\"" + PageDrawing.number(high) + "\"";
        to.append("<rect ").append(box).append(" fill=\"").append(look.colour()).append('"');
        to.append(state.failed() ? " class=\"failed\"/>" : look.gone() ? " class=\"outline\"/>" : "/>");
        if (!look.pattern().isEmpty() && !moment) {
            to.append("<rect ")
                    .append(box)
                    .append(" fill=\"url(#")
                    .append(look.pattern())
                    .append(")\"/>");
        }
        if (!moment) {
            words(to, state, look, from + 4, end - 3, top + height - 4);
        }
        to.append("</g>\n");
    }

    private String title(Entry state, long until) {
        String title =
                ChronicleText.who(state) + ": " + ChronicleText.what(state) + "\nfrom " + ChronicleTime.of(state.at());
        if (until != Long.MAX_VALUE) {
            Duration end = Duration.ofNanos(until);
            title += " to " + ChronicleTime.of(end) + " (" + ChronicleTime.of(end.minus(state.at())) + ")";
        } else {
            title += " to the end";
        }
        return PageText.escapeLines(
                state.cause().isEmpty() ? title : title + "\nwhy: " + ChronicleText.visible(state.cause()));
    }

    private void words(StringBuilder to, Entry state, Look look, double from, double end, double y) {
        String word = ChronicleText.what(state);
        String style = look.gone() ? "trace" : look.pattern().isEmpty() ? "word" : "word over";
        double length = PageText.width(word);
        double next = from;
        Room widest = new Room(from, from);
        for (Room room : rooms(from, end)) {
            for (next = Math.max(next, room.from()); next + length <= room.to(); next += AGAIN) {
                PageDrawing.text(to, style, next, y, word);
            }
            widest = room.width() > widest.width() ? room : widest;
        }
        if (widest.width() < length) {
            PageDrawing.text(to, style, widest.from(), y, PageText.fit(word, widest.width()));
        }
    }

    /** A part of a bar that no mark of a break covers. */
    private record Room(double from, double to) {
        double width() {
            return to - from;
        }
    }

    private List<Room> rooms(double from, double end) {
        List<Room> rooms = new ArrayList<>();
        double begin = from;
        for (PageAxis.Break cut : axis.breaks()) {
            if (cut.x() + TORN > begin && cut.x() - TORN < end) {
                rooms.add(new Room(begin, cut.x() - TORN));
                begin = cut.x() + TORN;
            }
        }
        rooms.add(new Room(begin, end));
        return rooms;
    }
}
