package dev.steward.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class RecordingsReaderTest {
    private static final String STABLE = "{\"id\":\"s1\",\"factor_bits\":\"3ff0000000000000\",\"now\":0.1}\n";

    @TempDir
    private Path folder;

    private final List<String> said = new ArrayList<>();

    @Test
    void reads_every_file_of_a_shape_whatever_its_name() throws IOException {
        plant("hostmanager/a.jsonl", STABLE + STABLE);
        plant("hostmanager/deeper/b.json.gz", "[" + STABLE + "]");
        plant("hostmanager/requests.jsonl", "{\"before\":{},\"requests\":[]}");
        plant("hostmanager/README.md", "# words");

        int steps = 0;
        for (VectorFile file : vectors().files(Shape.STABILITY)) {
            for (JsonNode vector : file) {
                assertThat(vector.get("now").decimalValue()).isEqualByComparingTo("0.1");
                file.steps(++steps);
            }
        }

        assertThat(said)
                .containsExactly(
                        "vectors hostmanager/a.jsonl: 2 vectors, 3 steps, 0 deviations",
                        "vectors hostmanager/deeper/b.json: 1 vectors, 3 steps, 0 deviations");
    }

    @Test
    void reads_the_vectors_of_a_document_as_records() throws IOException {
        plant("guardian/any.json", "{\"format\":\"x\",\"vectors\":[\n{\"steps\":[]},\n{\"steps\":[1]}]}");

        for (VectorFile file : vectors().files(Shape.NODE_STORIES)) {
            file.forEach(vector -> file.steps(vector.get("steps").size()));
        }

        assertThat(said).containsExactly("vectors guardian/any.json: 2 vectors, 1 steps, 0 deviations");
    }

    @Test
    void skips_the_test_with_one_line_if_the_family_has_no_folder() {
        assertThatThrownBy(() -> vectors().files(Shape.STABILITY)).isInstanceOf(TestAbortedException.class);

        assertThat(said).containsExactly("vectors hostmanager: no such folder in " + folder + ", stability skipped");
    }

    @Test
    void fails_if_the_family_has_no_file_of_the_shape() throws IOException {
        plant("hostmanager/stability.jsonl", "{\"before\":{},\"requests\":[]}");

        assertThatThrownBy(() -> vectors().files(Shape.STABILITY))
                .isInstanceOf(AssertionError.class)
                .hasMessage("vectors hostmanager: no file of the shape stability");
    }

    @Test
    void fails_on_a_replay_that_leaves_vectors_out() throws IOException {
        plant("hostmanager/a.jsonl", STABLE + STABLE);
        var files = vectors().files(Shape.STABILITY).iterator();
        files.next().iterator().next();

        assertThatThrownBy(files::hasNext).hasMessage("hostmanager/a.jsonl: the replay ended after 1 vectors");
    }

    @Test
    void counts_the_deviations_that_the_page_admits() throws IOException {
        plant("hostmanager/a.jsonl", STABLE);

        for (VectorFile file : vectors().files(Shape.STABILITY)) {
            file.forEach(vector -> {
                assertThat(file.unless("D-toy-1", true, "theirs", "ours")).isEqualTo("ours");
                assertThat(file.unless("D-toy-1", false, "theirs", "ours")).isEqualTo("theirs");
                assertThat(file.unless("D-toy-1", true, "same", "same")).isEqualTo("same");
                file.deviates("D-toy-1");
                file.deviates("D-toy-2");
            });
        }

        assertThat(said)
                .containsExactly(
                        "vectors hostmanager/a.jsonl: 1 vectors, 0 steps, 3 deviations (D-toy-1: 2, D-toy-2: 1)");
    }

    @Test
    void refuses_a_deviation_that_has_no_row() throws IOException {
        plant("hostmanager/a.jsonl", STABLE);
        VectorFile file = vectors().files(Shape.STABILITY).iterator().next();

        assertThatThrownBy(() -> file.deviates("D-toy-9"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("deviation D-toy-9 has no row in docs/compatibility.md");
    }

    @Test
    void refuses_a_deviation_that_an_option_would_remove() throws IOException {
        plant("hostmanager/a.jsonl", STABLE);
        VectorFile file = vectors().files(Shape.STABILITY).iterator().next();

        assertThatThrownBy(() -> file.unless("D-toy-3", true, 1, 2))
                .isInstanceOf(AssertionError.class)
                .hasMessage("D-toy-3 is no deviation: replay the recording with StopPlan.reference()");
    }

    @Test
    void refuses_a_row_with_an_empty_cell_and_two_rows_of_one_id() {
        assertThatThrownBy(() -> Deviations.of(List.of("| D-toy-1 | what | | none | when |"))
                        .check("D-toy-1"))
                .hasMessageContaining("is not id, what, why, option, condition");
        assertThatThrownBy(() -> Deviations.of(List.of("| D-toy-1 | a |", "| D-toy-1 | b |")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void finds_in_the_sources_what_replays_name() throws IOException {
        plant("core/src/test/java/a/OneVectorsTest.java", "Vectors.of(Shape.WAIT); file.deviates(\"D-toy-7\")");
        plant("drivers/process/src/test/java/Helper.java", "Shape.STABILITY \"D-toy-8\"");
        plant("core/src/test/java/dev/steward/vectors/Own.java", "\"D-toy-9\"");
        plant("core/src/main/java/a/MainVectorsTest.java", "Shape.STABILITY");
        var sources = new ReplaySources(folder);

        assertThat(sources.replay(Shape.WAIT)).isTrue();
        assertThat(sources.replay(Shape.WAIT_TOOL)).isFalse();
        assertThat(sources.replay(Shape.STABILITY)).isFalse();
        assertThat(sources.deviations()).containsExactly("D-toy-7", "D-toy-8");
    }

    @Test
    void gives_the_bytes_of_a_file_beside_an_index() throws IOException {
        plant("elasticslice/index.json", "[{\"file\":\"a.xml\",\"expect\":{}}]");
        plant("elasticslice/a.xml", "<a/>");
        plant("elasticslice/b.xml.gz", "<b/>");
        VectorFile index = vectors().files(Shape.RSPEC).iterator().next();

        assertThat(index.beside("a.xml")).asString().isEqualTo("<a/>");
        assertThat(index.beside("b.xml")).asString().isEqualTo("<b/>");
    }

    @Test
    void takes_seconds_as_whole_nanoseconds_and_saturates() {
        assertThat(nanos("1000000.000000001")).isEqualTo(1_000_000_000_000_001L);
        assertThat(nanos("177746.66400000002")).isEqualTo(177_746_664_000_000L);
        assertThat(nanos("1e12")).isEqualTo(Long.MAX_VALUE);
        assertThat(nanos("-1e12")).isEqualTo(-Long.MAX_VALUE);
    }

    private static long nanos(String seconds) {
        return Vectors.nanos(DecimalNode.valueOf(new BigDecimal(seconds)));
    }

    private Vectors vectors() {
        Deviations known = Deviations.of(List.of(
                "| id | what | why | option | condition |",
                "|---|---|---|---|---|",
                "| D-toy-1 | what | why | none | when |",
                "| `D-toy-2` | a \\| b | why | none | when |",
                "| D-toy-3 | what | why | `StopPlan.reference()` | when |"));
        return new Vectors(folder, known, said::add);
    }

    private void plant(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        try (OutputStream plain = Files.newOutputStream(file);
                OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(plain) : plain) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
