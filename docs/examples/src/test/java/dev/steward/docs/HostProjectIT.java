package dev.steward.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project of somebody else, far from this one's build, uses what was just packaged. */
class HostProjectIT {
    @TempDir
    private Path folder;

    @Test
    void a_host_on_the_class_path_builds_and_tests() throws Exception {
        Path host = copyHost();

        assertThat(build(host)).contains("Tests run: 2, Failures: 0").contains("BUILD SUCCESS");
        assertThat(host.resolve("target/classes/module-info.class")).doesNotExist();
    }

    @Test
    void a_host_that_is_a_module_builds_and_tests() throws Exception {
        Path host = copyHost();
        Files.copy(host.resolve("module/module-info.java"), host.resolve("src/main/java/module-info.java"));

        assertThat(build(host)).contains("Tests run: 2, Failures: 0").contains("BUILD SUCCESS");
        assertThat(host.resolve("target/classes/module-info.class")).exists();
    }

    private Path copyHost() throws IOException {
        Path from = Path.of("src/test/host");
        Path host = folder.resolve("host");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, host.resolve(from.relativize(file).toString()));
            }
        }
        return host;
    }

    private String build(Path host) throws Exception {
        Path users = Path.of(System.getProperty("steward.repository"));
        try (LocalRepository repository = LocalRepository.overlay(users, folder.resolve("repository"))) {
            repository.addModules(Path.of(System.getProperty("steward.root")), System.getProperty("steward.version"));
            return runMaven(host, repository.folder());
        }
    }

    private String runMaven(Path host, Path repository) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("steward.maven"), "bin", "mvn").toString(),
                "--batch-mode",
                "--no-transfer-progress",
                "-Dmaven.repo.local=" + repository,
                "-Dsteward.version=" + System.getProperty("steward.version"),
                "verify"));
        if (System.getProperty("steward.offline").equals("is true")) {
            command.add("--offline");
        }
        Path log = folder.resolve("log.txt");
        ProcessBuilder maven = new ProcessBuilder(command)
                .directory(host.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(log.toFile());
        maven.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
        maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
        maven.start().waitFor();
        return Files.readString(log);
    }
}
