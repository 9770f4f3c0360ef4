package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.instance.Output;
import dev.steward.instance.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class OutputFolderTest {
    @TempDir
    Path temp;

    @Test
    void is_made_for_its_owner_only_and_so_are_the_files() throws IOException {
        Path folder = temp.resolve("deep/log");
        var outputs = new OutputFolder(folder, 64);
        Path file = outputs.file("web", Output.STDERR);
        outputs.prepare(file);
        outputs.prepare(file);

        assertThat(file).isEqualTo(folder.toRealPath().resolve("web.err"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void is_refused_if_everybody_may_write_to_it() throws IOException {
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> new OutputFolder(temp, 64))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(temp.toString());
    }

    @Test
    void is_refused_if_it_is_that_of_another_user() throws IOException {
        assumeTrue(Files.getAttribute(temp, "unix:uid").equals(0), "only root can give a folder away");
        Path folder = Files.createDirectory(temp.resolve("log"));
        Files.setAttribute(folder, "unix:uid", 65534);

        assertThatThrownBy(() -> new OutputFolder(folder, 64))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("65534");
    }

    @Test
    void is_taken_with_a_warning_if_its_group_may_write_to_it() throws IOException {
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxrwxr-x"));

        try (var log = new CapturedLog()) {
            new OutputFolder(temp, 64);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARN")
                    .contains(temp.toString());
        }
    }

    @Test
    void follows_no_link_and_waits_for_no_pipe() throws IOException, InterruptedException {
        var outputs = new OutputFolder(temp, 64);
        Path target = Files.createFile(temp.resolve("target"));
        Path link = Files.createSymbolicLink(outputs.file("link", Output.STDOUT), target);
        Path dangling = Files.createSymbolicLink(outputs.file("dangling", Output.STDOUT), temp.resolve("nowhere"));
        Path folder = Files.createDirectory(outputs.file("folder", Output.STDOUT));
        Path pipe = outputs.file("pipe", Output.STDOUT);
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        for (Path file : new Path[] {link, dangling, folder, pipe}) {
            assertThatThrownBy(() -> outputs.prepare(file)).isInstanceOf(IOException.class);
        }
        assertThat(temp.resolve("nowhere")).doesNotExist();
        assertThatThrownBy(() -> outputs.tail(link, 0, 3, true)).isInstanceOf(IOException.class);
    }

    @Test
    void reads_the_last_lines_and_no_more_of_the_file_than_they_can_be() throws IOException {
        var outputs = new OutputFolder(temp, 16);
        Path file = outputs.file("web", Output.STDOUT);
        Files.writeString(file, "0123456789\n".repeat(10_000) + "last\nopen");

        assertThat(outputs.tail(file, 0, 2, false)).containsExactly("0123456789", "last");
        assertThat(outputs.tail(file, 0, 2, true)).containsExactly("last", "open");
    }

    @Test
    void reads_from_where_a_life_began_and_from_the_beginning_of_a_file_that_was_cut() throws IOException {
        var outputs = new OutputFolder(temp, 16);
        Path file = outputs.file("web", Output.STDOUT);
        Files.writeString(file, "before\nopenafter\nlast\n");

        assertThat(outputs.tail(file, 11, 9, true)).containsExactly("after", "last");
        assertThat(outputs.tail(file, 4_000, 9, true)).containsExactly("before", "openafter", "last");
    }

    @Test
    void a_line_longer_than_all_that_is_read_is_cut_at_both_ends() throws IOException {
        var outputs = new OutputFolder(temp, 16);
        Path file = outputs.file("web", Output.STDOUT);
        Files.writeString(file, "x".repeat(100_000) + "\nlast\n");

        assertThat(outputs.tail(file, 0, 5, false)).containsExactly("[cut] " + "x".repeat(16) + " [cut]", "last");
    }

    @Test
    void hides_a_secret_that_a_cut_goes_through_or_that_has_several_lines() throws IOException {
        var outputs = new OutputFolder(temp, 16);
        Path file = outputs.file("web", Output.STDERR);
        Mask mask = Mask.of(List.of(Secret.of("s3cret"), Secret.of("one\ntwo"), Secret.of("")));

        Files.writeString(file, "x".repeat(13) + "s3cret\n");
        assertThat(outputs.lastWords(file, 0, 5, mask)).containsExactly("x".repeat(13) + "***");

        Files.writeString(file, "key one\ntwo\nlast\n");
        assertThat(outputs.lastWords(file, 0, 2, mask)).containsExactly("key ***", "last");
        for (int length = 0; length < 80; length++) {
            Files.writeString(file, "s3cret".repeat(20) + "y".repeat(length) + "\n");
            assertThat(outputs.lastWords(file, 0, 1, mask)).noneMatch(line -> line.contains("ret"));
        }
    }

    @Test
    void a_line_that_just_fits_is_whole() throws IOException {
        var outputs = new OutputFolder(temp, 16);
        Path file = outputs.file("web", Output.STDOUT);
        Files.writeString(file, "before\n" + ("x".repeat(16) + "\n").repeat(2));

        assertThat(outputs.tail(file, 0, 2, false)).containsExactly("x".repeat(16), "x".repeat(16));
    }

    @Test
    void there_are_no_lines_where_there_is_no_file() throws IOException {
        var outputs = new OutputFolder(temp, 16);

        assertThat(outputs.tail(outputs.file("web", Output.STDOUT), 0, 5, true)).isEmpty();
        assertThat(outputs.size(outputs.file("web", Output.STDOUT))).isZero();
    }
}
