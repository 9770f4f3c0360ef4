package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.instance.Output;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RotatorTest {
    private static final int MEBI = 1 << 20;

    @TempDir
    Path temp;

    private OutputFolder outputs;
    private Path file;

    @BeforeEach
    void folder() throws IOException {
        at(temp);
    }

    private void at(Path folder) throws IOException {
        outputs = new OutputFolder(folder, 64);
        file = outputs.file("web", Output.STDERR);
        outputs.prepare(file);
    }

    @Test
    void keeps_so_many_copies_the_newest_first_and_for_the_owner_only() throws IOException {
        Files.writeString(copy(3), "left from a time when more were kept");
        for (String content : List.of("one", "two", "three")) {
            append(content);
            assertThat(setAside(2)).isTrue();
            assertThat(file).isEmptyFile();
        }

        assertThat(copy(1)).hasContent("three");
        assertThat(copy(2)).hasContent("two");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy(1))))
                .isEqualTo("rw-------");
        assertThat(temp.toFile().list()).containsExactlyInAnyOrder("web.err", "web.err.1", "web.err.2");
    }

    @Test
    void only_cuts_where_nothing_is_kept() throws IOException {
        append("one");

        assertThat(setAside(0)).isTrue();
        assertThat(file).isEmptyFile();
        assertThat(temp.toFile().list()).containsExactly("web.err");
    }

    @Test
    void touches_nothing_that_somebody_has_put_in_its_place() throws IOException {
        Object key = outputs.look(file).key();
        Files.move(file, temp.resolve("elsewhere"));
        Files.writeString(file, "of somebody else");
        assertThat(rotator(2).setAside(file, key)).isFalse();
        assertThat(file).hasContent("of somebody else");

        Path target = Files.writeString(temp.resolve("target"), "precious");
        Files.delete(file);
        Files.createSymbolicLink(file, target);
        try (var log = new CapturedLog()) {
            assertThat(rotator(2).setAside(file, key)).isFalse();
            assertThat(log.lines()).hasSize(1);
        }
        assertThat(target).hasContent("precious");
    }

    @Test
    void follows_no_link_where_its_copies_go() throws IOException {
        Path target = Files.writeString(temp.resolve("target"), "precious");
        Files.createSymbolicLink(temp.resolve("web.err.new"), target);
        Files.createSymbolicLink(copy(1), target);
        Files.createSymbolicLink(copy(2), target);
        append("one");

        assertThat(setAside(2)).isTrue();
        assertThat(target).hasContent("precious");
        assertThat(copy(1)).isRegularFile().hasContent("one");
    }

    @Test
    void what_cannot_be_copied_is_not_cut_and_told_once() throws IOException {
        Files.createDirectories(copy(1).resolve("in/the/way"));
        append("one");
        try (var log = new CapturedLog()) {
            Rotator rotator = rotator(1);
            assertThat(rotator.setAside(file, outputs.look(file).key())).isFalse();
            assertThat(rotator.setAside(file, outputs.look(file).key())).isFalse();
            assertThat(file).hasContent("one");
            assertThat(log.lines())
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("WARN")
                    .contains("web.err");

            for (String inTheWay : new String[] {"in/the/way", "in/the", "in", ""}) {
                Files.delete(copy(1).resolve(inTheWay));
            }
            assertThat(rotator.setAside(file, outputs.look(file).key())).isTrue();
            assertThat(log.lines()).hasSize(2).last().asString().startsWith("INFO");
        }
        assertThat(copy(1)).hasContent("one");
    }

    @Test
    void a_copy_is_given_up_when_it_is_told_to_stop() throws IOException {
        append("one");

        assertThat(new Rotator(outputs, 2, () -> true)
                        .setAside(file, outputs.look(file).key()))
                .isFalse();
        assertThat(file).hasContent("one");
        assertThat(temp.toFile().list()).containsExactly("web.err");
    }

    @Test
    void a_later_driver_knows_where_a_life_began_however_often_the_file_was_cut_before_that() throws IOException {
        for (String content : List.of("one\n", "two\n", "three\n")) {
            append(content);
            setAside(2);
        }
        append("four\n");
        long begin = outputs.lasting(file, outputs.size(file));
        append("five\n");

        assertThat(new OutputFolder(temp, 64).tail(file, begin, 9, true)).containsExactly("five");
    }

    @Test
    void the_last_lines_are_those_before_and_after_the_cut() throws IOException {
        append("before\n");
        long begin = outputs.size(file);
        append("one\ntw");
        setAside(2);
        append("o\nthree\n");

        assertThat(outputs.tail(file, begin, 9, true)).containsExactly("one", "two", "three");
        assertThat(outputs.tail(file, 0, 9, false)).containsExactly("before", "one", "two", "three");
        assertThat(outputs.tail(file, outputs.size(file), 9, false)).isEmpty();
        assertThat(new OutputFolder(temp, 64).tail(file, begin, 9, true)).containsExactly("one", "two", "three");

        setAside(2);
        append("four\n");
        assertThat(outputs.tail(file, begin, 9, true)).containsExactly("[cut] o", "three", "four");
    }

    @Test
    void a_full_disk_costs_the_oldest_copies_first_and_then_all_but_the_end() throws Exception {
        Path disk = Files.createDirectory(temp.resolve("disk"));
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=9m,mode=700", "none", disk.toString()) == 0;
        if (!mounted) {
            System.out.println("rotation: 1 test skipped, no file system can be mounted here");
        }
        assumeTrue(mounted, "no file system can be mounted here");
        try (var log = new CapturedLog()) {
            at(disk);
            Rotator rotator = rotator(3);
            for (String content : List.of("a", "b", "c", "d")) {
                append(content.repeat(2 * MEBI));
                assertThat(rotator.setAside(file, outputs.look(file).key())).isTrue();
            }
            assertThat(copy(1)).hasContent("d".repeat(2 * MEBI));
            assertThat(copy(2)).hasContent("c".repeat(2 * MEBI));
            assertThat(copy(3)).doesNotExist();
            assertThat(log.lines()).filteredOn(line -> line.startsWith("WARN")).hasSize(1);

            append("e".repeat(9 * MEBI / 2) + "last line");
            assertThat(rotator.setAside(file, outputs.look(file).key())).isTrue();
            assertThat(file).isEmptyFile();
            assertThat(Files.readString(copy(1))).hasSize(MEBI).endsWith("last line");
            assertThat(disk.toFile().list()).containsExactlyInAnyOrder("web.err", "web.err.1");
            assertThat(outputs.tail(file, outputs.size(file) - 4, 3, true)).containsExactly("line");
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    /** A program that writes some 10 MB a second, and is cut again and again. */
    @Test
    void hardly_anything_is_lost_between_copy_and_cut() throws Exception {
        int lines = 1_000_000;
        String script =
                "i=0; while [ $i -lt 100 ]; do seq $((i*10000+1)) $((i*10000+10000)); i=$((i+1)); sleep 0.005; done";
        Process writer = new ProcessBuilder("/bin/sh", "-c", script)
                .redirectOutput(Redirect.appendTo(file.toFile()))
                .start();
        Object key = outputs.look(file).key();
        Rotator rotator = rotator(100);
        int cuts = 0;
        while (writer.isAlive()) {
            if (Files.size(file) > 200_000 && cuts < 100) {
                assertThat(rotator.setAside(file, key)).isTrue();
                cuts++;
            }
        }
        long got = 0;
        long last = 0;
        List<Path> all = new ArrayList<>();
        for (int number = 100; number >= 1; number--) {
            all.add(copy(number));
        }
        all.add(file);
        var text = new StringBuilder();
        for (Path one : all) {
            if (Files.exists(one)) {
                text.append(Files.readString(one));
            }
        }
        for (String line : text.toString().split("\n", -1)) {
            long number = line.isEmpty() ? 0 : Long.parseLong(line);
            if (number > last && number <= lines) {
                got++;
                last = number;
            }
        }
        System.out.println("rotation: " + cuts + " cuts, " + (lines - got) + " of " + lines + " lines lost");
        assertThat(cuts).isPositive();
        assertThat(got).isGreaterThan(lines * 9L / 10);
    }

    @Test
    void to_look_at_a_thousand_instances_costs_little() throws IOException {
        List<Path> all = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            for (Output output : Output.values()) {
                all.add(outputs.file("web-" + i, output));
                Files.createFile(all.get(all.size() - 1));
            }
        }
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long begin = System.nanoTime();
            all.forEach(outputs::look);
            best = Math.min(best, System.nanoTime() - begin);
        }
        System.out.println("rotation: " + best / 1_000 + " us to look at 1,000 instances");
        assertThat(best).isLessThan(100_000_000);
    }

    private Rotator rotator(int keep) {
        return new Rotator(outputs, keep, () -> false);
    }

    private boolean setAside(int keep) {
        return rotator(keep).setAside(file, outputs.look(file).key());
    }

    private Path copy(int number) {
        return outputs.copy(file, number);
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
