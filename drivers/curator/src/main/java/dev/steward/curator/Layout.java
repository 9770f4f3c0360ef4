package dev.steward.curator;

import dev.steward.store.RecordKeys;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the nodes of a store are. Immutable.
 *
 * <p>The root holds the format. {@code records} holds the tree of records, a node for each segment of a key; {@code commit} is written by
 * every batch, as its last change; {@code purged} says up to where deletions are forgotten; {@code roles} holds the candidates of elections.
 */
final class Layout {
    private final String root;
    private final String records;

    Layout(String root) {
        this.root = root;
        records = root + "/records";
    }

    String root() {
        return root;
    }

    String records() {
        return records;
    }

    String commit() {
        return root + "/commit";
    }

    String purged() {
        return root + "/purged";
    }

    String role(String role) {
        return root + "/roles/" + RecordKeys.segment(role);
    }

    /** The path of a record. */
    String path(String key) {
        return records + '/' + key;
    }

    /** The key of a node below {@code records}; null if it is no such node, or can be none of ours. */
    @Nullable
    String key(String path) {
        if (!path.startsWith(records) || path.length() < records.length() + 2 || path.charAt(records.length()) != '/') {
            return null;
        }
        String key = path.substring(records.length() + 1);
        try {
            return RecordKeys.check(key);
        } catch (IllegalArgumentException notOurs) {
            return null;
        }
    }

    /** The keys above {@code key}, the topmost first. */
    static List<String> above(String key) {
        List<String> above = new ArrayList<>();
        for (int slash = key.indexOf('/'); slash >= 0; slash = key.indexOf('/', slash + 1)) {
            above.add(key.substring(0, slash));
        }
        return above;
    }
}
