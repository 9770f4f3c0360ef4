package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.Observation;
import dev.steward.instance.OnClose;
import dev.steward.instance.Output;
import dev.steward.instance.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The folder with the birth records: what is in it and when, and what else may be found there. */
@Timeout(60)
class RecordsTest {
    private static final int NOBODY = 65534;

    private final String owner = Host.newOwner();

    @TempDir
    Path temp;

    @Test
    void a_life_has_a_record_from_before_it_is_told_until_it_is_gone() throws IOException {
        try (Host host = Host.opened(owner, driver())) {
            Observation.Running running = host.run(Host.shell("web", "sleep 100 & exec sleep 200"));
            List<Path> files = files();
            assertThat(files).hasSize(1);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.get(0))))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
                    .isEqualTo("rwx------");
            BirthRecord record = BirthRecord.parse(Files.readString(files.get(0)));
            ProcStat stat = Host.procfs().stat((int) running.pid());
            assertThat(record)
                    .isEqualTo(new BirthRecord(
                            owner,
                            "web",
                            running.life(),
                            new ProcessIdentity(
                                    stat.pid(), stat.startTicks(), Host.procfs().boot()),
                            stat.pid(),
                            false,
                            0,
                            0));

            Host.await(() -> host.marked().size() == 2, "its child");
            ProcessHandle.of(running.pid()).orElseThrow().destroyForcibly();
            assertThat(host.exited(running.life()).lingering()).isTrue();
            assertThat(files()).isEqualTo(files);

            host.signal(running, Signal.KILL);
            host.events.await(Observation.Gone.class, running.life());
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void there_is_none_where_none_are_wanted() {
        ProcessOptions without =
                ProcessOptions.defaults().withRecords(false).withExitCodes(ProcessOptions.ExitCodes.ALWAYS);
        try (Host host = Host.opened(owner, new ProcessDriver(owner, temp, OnClose.LEAVE, without))) {
            Observation.Running running = host.run(InstanceSpec.of("web", "sleep", "100"));

            assertThat(folder()).doesNotExist();
            Host.await(() -> Host.status(running.pid(), "Name").equals("sleep"), "the program");
            assertThat(Host.procfs().stat((int) running.pid()).session()).isEqualTo((int) running.pid());
        }
    }

    @Test
    void a_folder_that_others_could_write_to_is_refused_by_name() throws IOException {
        Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
        Files.createSymbolicLink(folder(), elsewhere);
        assertRefused("symbolic link");

        Files.delete(folder());
        Files.createFile(folder());
        assertRefused("not a folder");

        Files.delete(folder());
        Files.createDirectory(folder());
        Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxrwx---"));
        assertRefused("written by others");

        Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwx------"));
        driver().close();
        assumeTrue(give(folder()), "files cannot be given to others here");
        assertRefused("belongs to user " + NOBODY);
    }

    @Test
    void what_is_no_record_of_ours_is_named_and_left_as_it_is() throws Exception {
        try (Host host = Host.opened(owner, driver())) {
            Observation.Running running = host.run(InstanceSpec.of("web", "sleep", "100"));
            host.driver.close();
            Path record = files().get(0);
            String text = Files.readString(record);
            String other = running.life().id().replace("life", "other");
            Path outside = Files.writeString(
                    temp.resolve("outside"), text.replace(running.life().id(), other));
            List<Path> strange = new ArrayList<>(List.of(
                    Files.writeString(folder().resolve("web.torn.life"), text.substring(0, text.length() - 3)),
                    Files.write(folder().resolve("web.garbage.life"), new byte[] {0, -1, 7, 10}),
                    Files.writeString(folder().resolve("web.empty.life"), ""),
                    Files.writeString(folder().resolve("web.copy.life"), text),
                    Files.writeString(
                            folder().resolve("web.newer.life"), text.replace("steward-life 1", "steward-life 2")),
                    Files.writeString(folder().resolve("web.foreign.life"), text.replace(owner, "somebody-else")),
                    Files.createSymbolicLink(folder().resolve("web." + other + ".life"), outside),
                    Files.createDirectory(folder().resolve("web.folder.life"))));
            Path given = Files.writeString(folder().resolve("web.given.life"), text);
            if (give(given)) {
                strange.add(given);
            }

            var events = new Recorder();
            try (var log = new CapturedLog();
                    var next = driver()) {
                next.open(events);
                assertThat(events.await(0).running()).containsExactly(running);
                List<String> said = log.lines();
                assertThat(said).allSatisfy(line -> assertThat(line).startsWith("WARN"));
                for (Path file : strange) {
                    assertThat(said)
                            .filteredOn(line -> line.contains(": " + file.getFileName() + " "))
                            .hasSize(1);
                }
                assertThat(said).hasSameSizeAs(strange);
            }
            assertThat(files()).containsAll(strange).contains(record);
        }
    }

    @Test
    void leftovers_of_an_unfinished_write_are_cleared_away() throws IOException {
        driver().close();
        Files.writeString(folder().resolve("web.life-1.new"), "half");
        Files.writeString(folder().resolve("web.life-1.exit"), "3\n");
        Files.writeString(folder().resolve("web.newer.life"), "steward-life 2\n");
        Files.writeString(folder().resolve("web.newer.exit"), "3\n");

        try (Host host = Host.opened(owner, driver())) {
            assertThat(host.look().running()).isEmpty();
            assertThat(files())
                    .extracting(file -> file.getFileName().toString())
                    .containsExactlyInAnyOrder("web.newer.life", "web.newer.exit");
        }
    }

    @Test
    void without_room_for_records_all_goes_on_and_that_is_said_once() throws Exception {
        Path disk = Files.createDirectory(temp.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1m,nr_inodes=40,mode=700", "none", disk.toString()) == 0,
                "no file system can be mounted here");
        ProcessOptions wrapped = ProcessOptions.defaults().withExitCodes(ProcessOptions.ExitCodes.ALWAYS);
        try (var log = new CapturedLog();
                Host host = Host.opened(owner, new ProcessDriver(owner, disk, OnClose.LEAVE, wrapped))) {
            InstanceSpec spec = Host.shell("web", "exit 3");
            host.exited(host.launch(spec));
            int files = 0;
            for (boolean room = true; room; files++) {
                room = create(disk.resolve("full-" + files));
            }
            for (int i = 0; i < 3; i++) {
                assertThat(host.exited(host.launch(spec)).exit().code()).hasValue(3);
            }
            Observation.Running left = host.run(Host.shell("web", "echo on >&2; exec sleep 100"));
            host.awaitLine("web", Output.STDERR, "on");
            assertThat(warnings(log)).hasSize(1).first().asString().contains("birth records cannot be kept");

            Files.delete(disk.resolve("full-0"));
            Observation.Running second = host.run(InstanceSpec.of("web", "sleep", "100"));
            assertThat(warnings(log)).hasSize(1);
            assertThat(log.lines()).anySatisfy(line -> assertThat(line).contains("birth records are kept again"));

            host.driver.close();
            var events = new Recorder();
            try (var next = new ProcessDriver(owner, disk, OnClose.STOP, wrapped)) {
                next.open(events);
                assertThat(events.await(0).running())
                        .extracting(Observation.Running::life)
                        .containsExactlyInAnyOrder(left.life(), second.life());
            }
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    @Test
    void where_no_folder_can_be_made_all_goes_on_without() throws Exception {
        Path disk = Files.createDirectory(temp.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "none", disk.toString()) == 0,
                "no file system can be mounted here");
        try {
            Path records = Files.createDirectory(disk.resolve("." + owner + ".lives"));
            assumeTrue(
                    run("mount", "-t", "tmpfs", "-o", "ro,mode=700", "none", records.toString()) == 0,
                    "no file system can be mounted here");
            try (var log = new CapturedLog();
                    Host host = Host.opened(owner, new ProcessDriver(owner, disk, OnClose.LEAVE))) {
                List<Incarnation> lives = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    lives.add(host.run(InstanceSpec.of("web-" + i, "sleep", "100"))
                            .life());
                }
                assertThat(warnings(log)).hasSize(1).first().asString().contains("birth records cannot be kept");
                host.driver.close();
                var events = new Recorder();
                try (var next = new ProcessDriver(owner, disk, OnClose.LEAVE)) {
                    next.open(events);
                    assertThat(events.await(0).running())
                            .extracting(Observation.Running::life)
                            .containsExactlyInAnyOrderElementsOf(lives);
                }
            } finally {
                run("umount", "-l", records.toString());
            }
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    @Test
    void nothing_is_believed_of_a_folder_that_others_could_write_to_meanwhile() throws IOException {
        var records = Records.in(temp, owner);
        Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxrwx---"));

        try (var log = new CapturedLog()) {
            assertThat(records.read(Host.procfs())).isEmpty();
            assertThat(warnings(log)).singleElement().asString().contains(folder().toString(), "written by others");
        }
    }

    private static List<String> warnings(CapturedLog log) {
        return log.lines().stream().filter(line -> line.startsWith("WARN")).toList();
    }

    private void assertRefused(String why) {
        assertThatThrownBy(() -> driver().close())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(folder().toString())
                .hasMessageContaining(why);
    }

    private ProcessDriver driver() {
        return new ProcessDriver(owner, temp, OnClose.LEAVE);
    }

    private Path folder() {
        return temp.resolve("." + owner + ".lives");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.sorted().toList();
        }
    }

    private static boolean give(Path file) {
        try {
            Files.setAttribute(file, "unix:uid", NOBODY);
            return true;
        } catch (IOException notAllowed) {
            return false;
        }
    }

    private static boolean create(Path file) {
        try {
            Files.createFile(file);
            return true;
        } catch (IOException full) {
            return false;
        }
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command).start().waitFor();
    }
}
