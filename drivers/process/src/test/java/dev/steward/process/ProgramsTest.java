package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.instance.LaunchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramsTest {
    @TempDir
    Path folder;

    private String path;

    @BeforeEach
    void programs() throws IOException {
        for (String name : new String[] {"first", "second", "a/both", "b/both", "a/plain"}) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.createFile(file);
            String mode = name.equals("a/plain") ? "rw-r--r--" : "rwxr-xr-x";
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        }
        path = "relative::" + folder.resolve("a") + ":" + folder.resolve("b");
    }

    @Test
    void finds_a_plain_name_on_the_path_in_order() throws LaunchRefused {
        assertThat(Programs.resolve("both", folder, path)).isEqualTo(folder.resolve("a/both"));
    }

    @Test
    void sees_a_name_with_a_slash_from_the_working_directory() throws LaunchRefused {
        assertThat(Programs.resolve("./first", folder, path)).isEqualTo(folder.resolve("./first"));
        assertThat(Programs.resolve(folder.resolve("second").toString(), Path.of("/"), path))
                .isEqualTo(folder.resolve("second"));
    }

    @Test
    void has_a_path_when_there_is_none() throws LaunchRefused {
        assertThat(Programs.resolve("sh", folder, null)).isEqualTo(Path.of("/bin/sh"));
    }

    @Test
    void does_not_look_where_the_path_is_not_absolute() {
        assertRefused("first", LaunchFailure.NO_PROGRAM);
    }

    @Test
    void tells_what_is_missing_from_what_cannot_be_executed() {
        assertRefused("nowhere", LaunchFailure.NO_PROGRAM);
        assertRefused("./nowhere", LaunchFailure.NO_PROGRAM);
        assertRefused("plain", LaunchFailure.NOT_EXECUTABLE);
        assertRefused("./a/plain", LaunchFailure.NOT_EXECUTABLE);
        assertRefused("./a", LaunchFailure.NOT_EXECUTABLE);
    }

    @Test
    void names_a_tool_that_is_missing() {
        assertThatThrownBy(() -> Programs.tool("no-such-tool"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("no-such-tool");
    }

    private void assertRefused(String program, LaunchFailure failure) {
        assertThatThrownBy(() -> Programs.resolve(program, folder, path))
                .isInstanceOfSatisfying(LaunchRefused.class, refused -> {
                    assertThat(refused.reason().code()).isEqualTo(failure);
                    assertThat(refused).hasMessageContaining(program);
                });
    }
}
