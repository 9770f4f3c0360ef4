package dev.steward.curator;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A process that counts until it is killed, and prints what was acknowledged. Arguments: connect string, root, name. */
final class CountingProcess {
    private CountingProcess() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Asked store = new Asked(CuratorRecordStore.connect(arguments[0], Servers.options(arguments[1])));
        new Counter(store, arguments[2], out::println).count();
    }
}
