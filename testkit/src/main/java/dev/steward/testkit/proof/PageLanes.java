package dev.steward.testkit.proof;

import dev.steward.testkit.proof.Chronicle.Entry;
import dev.steward.testkit.proof.Chronicle.Mark;
import dev.steward.testkit.proof.PageLane.Numbered;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The rows of the drawing: processes, then things by kind, then whatever else was named; and what stands over all of them. */
final class PageLanes {
    static final String PROCESSES = "processes";
    static final String OTHERS = "others";
    private static final String ALL = "everything";
    private static final int DRAWN = 40;

    private final List<PageLane> drawn;
    private final Map<String, Long> omitted;
    private final List<Numbered> flags = new ArrayList<>();
    private final Map<Integer, Integer> rows = new HashMap<>();

    PageLanes(List<Numbered> entries) {
        Map<String, PageLane> processes = new LinkedHashMap<>();
        Map<String, Map<String, PageLane>> things = new LinkedHashMap<>();
        Map<String, PageLane> others = new LinkedHashMap<>();
        List<Numbered> marks = new ArrayList<>();
        for (Numbered numbered : entries) {
            Entry entry = numbered.entry();
            if (entry.mark() == Mark.PROCESS) {
                processes
                        .computeIfAbsent(entry.lane(), name -> new PageLane(PROCESSES, name))
                        .add(numbered);
            } else if (entry.mark() == Mark.THING) {
                things.computeIfAbsent(entry.kind(), kind -> new LinkedHashMap<>())
                        .computeIfAbsent(entry.lane(), name -> new PageLane(entry.kind(), name))
                        .add(numbered);
            } else {
                marks.add(numbered);
            }
        }
        for (Numbered mark : marks) {
            place(mark, processes, things.values(), others);
        }
        List<PageLane> all = new ArrayList<>(processes.values());
        things.values().forEach(lanes -> all.addAll(lanes.values()));
        all.addAll(others.values());
        List<PageLane> kept = all.stream()
                .sorted(Comparator.comparingLong(PageLane::interest).reversed())
                .limit(DRAWN)
                .toList();
        drawn = all.stream().filter(kept::contains).toList();
        for (int row = 0; row < drawn.size(); row++) {
            for (Numbered mark : drawn.get(row).marks()) {
                rows.put(mark.number(), row);
            }
        }
        omitted = all.stream()
                .filter(lane -> !kept.contains(lane))
                .collect(Collectors.groupingBy(PageLane::group, TreeMap::new, Collectors.counting()));
    }

    private void place(
            Numbered mark,
            Map<String, PageLane> processes,
            Collection<Map<String, PageLane>> things,
            Map<String, PageLane> others) {
        Entry entry = mark.entry();
        if (isFlag(entry)) {
            flags.add(mark);
        }
        String name = entry.lane();
        if (name.isEmpty()) {
            if (!isFlag(entry)) {
                others.computeIfAbsent(ALL, lane -> new PageLane(OTHERS, lane)).add(mark);
            }
            return;
        }
        PageLane lane = processes.get(name);
        for (Map<String, PageLane> kind : things) {
            lane = lane == null ? kind.get(name) : lane;
        }
        (lane == null ? others.computeIfAbsent(name, other -> new PageLane(OTHERS, other)) : lane).add(mark);
    }

    /** Whether it stands over the drawing, with a label. */
    static boolean isFlag(Entry entry) {
        return switch (entry.mark()) {
            case FAULT, LEADER, VIOLATION -> true;
            default -> false;
        };
    }

    /** The rows, in the order in which they are drawn. */
    List<PageLane> drawn() {
        return drawn;
    }

    /** How many there are of each group that are not drawn. */
    Map<String, Long> omitted() {
        return omitted;
    }

    /** What stands over the drawing, in order. */
    List<Numbered> flags() {
        return flags;
    }

    /** The place of the row that a mark is in, or -1 if it is in none. */
    int row(Numbered mark) {
        return rows.getOrDefault(mark.number(), -1);
    }
}
