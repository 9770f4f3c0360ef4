package dev.steward.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What holds for all recordings and all replays of the project together. */
class RecordingsVectorsTest {
    private final Vectors vectors = Vectors.project();
    private final ReplaySources sources = new ReplaySources(ProjectRoot.path());

    @Test
    void every_shape_that_is_due_has_a_replay() {
        List<Shape> missing = Arrays.stream(Shape.values())
                .filter(shape -> !sources.replay(shape))
                .toList();

        missing.forEach(shape -> System.out.println(
                "vectors " + shape.family() + ": " + shape.words() + " not replayed (" + shape.issue() + ")"));
        assertThat(missing).filteredOn(Shape::isDue).isEmpty();
    }

    /** In a folder that was given there may be other things; they are only said. */
    @Test
    void every_file_is_of_a_known_shape() {
        List<VectorFile> strangers = new ArrayList<>();
        for (String family : families()) {
            vectors.all(family).stream()
                    .filter(file -> Shape.of(family, file.first()).isEmpty())
                    .forEach(strangers::add);
        }

        strangers.forEach(file -> System.out.println("vectors " + file + ": of no known shape, not replayed"));
        assertThat(Vectors.areGiven() ? List.of() : strangers).isEmpty();
    }

    @Test
    void every_shape_has_a_file_among_our_recordings() {
        Set<Shape> found = new TreeSet<>();
        for (String family : families()) {
            vectors.all(family).forEach(file -> Shape.of(family, file.first()).ifPresent(found::add));
        }

        assertThat(found).containsExactlyElementsOf(Vectors.areGiven() ? found : List.of(Shape.values()));
    }

    @Test
    void the_page_and_the_replays_name_the_same_deviations() {
        Deviations page = Deviations.read(ProjectRoot.path().resolve("docs/compatibility.md"));

        assertThat(sources.deviations()).isEqualTo(new TreeSet<>(page.ids()));
        page.ids().forEach(page::check);
    }

    private static Set<String> families() {
        return Arrays.stream(Shape.values()).map(Shape::family).collect(Collectors.toCollection(TreeSet::new));
    }
}
