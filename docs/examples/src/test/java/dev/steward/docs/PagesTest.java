package dev.steward.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every Java block of a page is a region of an example that runs. */
class PagesTest {
    private static final Path ROOT = Path.of(System.getProperty("steward.root", "../.."));

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)[^)]*\\)");

    private final Regions regions = Regions.of("""
            class Sample {
                // region Hello
                void hello() {
                    greet("you");
                }
                // endregion
            }
            """);

    @Test
    void every_block_of_every_page_is_equal_to_its_region() throws IOException {
        Regions examples = Regions.below(ROOT.resolve("docs/examples/src"));
        List<String> problems = new ArrayList<>();
        for (Path page : pages()) {
            problems.addAll(examples.problemsOf(ROOT.relativize(page).toString(), Files.readString(page)));
        }

        assertThat(problems).isEmpty();
    }

    @Test
    void every_link_to_a_file_of_the_project_leads_somewhere() throws IOException {
        for (Path page : pages()) {
            assertThat(deadLinks(page, Files.readString(page)))
                    .as("%s", ROOT.relativize(page))
                    .isEmpty();
        }

        assertThat(deadLinks(
                        ROOT.resolve("README.md"),
                        "[a](docs/hosts.md#the-idea) [b](docs/none.md) [c](https://b.example)"))
                .containsExactly("docs/none.md");
    }

    private static List<String> deadLinks(Path page, String text) {
        return LINK.matcher(text)
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.contains(":") && !Files.exists(page.resolveSibling(link)))
                .toList();
    }

    @Test
    void an_equal_block_is_accepted_whatever_its_indentation() {
        assertThat(problems("""
                Text.

                <!-- region: Hello -->
                ```java
                void hello() {
                    greet("you");
                }
                ```

                * In a list:

                  <!-- region: Hello -->
                  ```java
                  void hello() {
                      greet("you");
                  }
                  ```
                """)).isEmpty();
    }

    @Test
    void a_difference_is_reported_with_the_name_and_the_first_line_that_differs() {
        assertThat(problems("""
                <!-- region: Hello -->
                ```java
                void hello() {
                    greet("me");
                }
                ```
                """)).containsExactly("""
                page.md: region Hello differs in line 2: the page has "    greet("me");", the code "    greet("you");\"""");
    }

    @Test
    void a_block_that_ends_early_is_a_difference() {
        assertThat(problems("<!-- region: Hello -->\n```java\nvoid hello() {\n```\n"))
                .singleElement()
                .asString()
                .contains("region Hello differs in line 2: the page has \"(end)\"");
    }

    @Test
    void a_missing_region_and_a_java_block_without_a_name_are_reported() {
        assertThat(problems("<!-- region: Other -->\n```java\nint i;\n```\n\n```java\nint j;\n```\n"))
                .containsExactly("page.md: no region Other", "page.md: a java block names no region: int j;");
    }

    @Test
    void other_blocks_are_compared_only_if_they_name_a_region() {
        assertThat(problems("```bash\nls\n```\n\n<!-- region: Hello -->\n```xml\n<a/>\n```\n"))
                .singleElement()
                .asString()
                .contains("region Hello differs in line 1");
    }

    @Test
    void an_open_a_nested_and_a_repeated_region_are_reported() {
        String source = "// region A\n// endregion\n// region A\n// endregion\n// region B\n// region C\n";

        assertThat(Regions.of(source).problemsOf("page.md", ""))
                .containsExactly(
                        "source: a second region A",
                        "source: region C opens inside region B",
                        "source: region C has no end");
    }

    private List<String> problems(String page) {
        return regions.problemsOf("page.md", page);
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }
}
