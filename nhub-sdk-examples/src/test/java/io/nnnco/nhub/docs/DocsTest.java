package io.nnnco.nhub.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for every page of the documentation, whoever writes it. */
class DocsTest {
  private static final Pattern SCRIPT = Pattern.compile("(?:^|\\s)((?:\\./|\\.ci/|nhub-sdk-)\\S+)");
  private static final Pattern MODULE = Pattern.compile("-pl '?([^\\s']+)");
  private static final Pattern MAIN_CLASS = Pattern.compile("-Dexec\\.mainClass=(\\S+)");

  private static final Pattern TEST_CLASS = Pattern.compile("`([A-Z][A-Za-z0-9]*Test)`");

  private final List<Markdown> pages = Markdown.all();

  @Test
  void javaBlock_anywhere_isARegionOfATestOrAnExampleThatIsRun() throws IOException {
    Set<String> run = new HashSet<>();
    for (Path source : sourcesThatAreRun()) {
      run.addAll(DocSnippets.regions(source));
    }
    List<String> strays = new ArrayList<>();
    for (Markdown page : pages) {
      for (String block : DocSnippets.blocks(page.file())) {
        if (!run.contains(block)) {
          strays.add("In " + page.file() + ", but in no source that is run:\n" + block);
        }
      }
    }
    assertEquals(List.of(), strays);
  }

  /** Test classes by the names that Surefire goes by, and the examples, which tests start. */
  private static List<Path> sourcesThatAreRun() throws IOException {
    List<Path> sources = new ArrayList<>();
    try (Stream<Path> modules = Files.list(Markdown.ROOT);
        Stream<Path> integrations = Files.list(Markdown.ROOT.resolve("integrations"))) {
      for (Path tests :
          Stream.concat(modules, integrations)
              .map(module -> module.resolve("src/test/java"))
              .toList()) {
        if (Files.isDirectory(tests)) {
          try (Stream<Path> files = Files.walk(tests)) {
            files.filter(file -> file.toString().endsWith("Test.java")).forEach(sources::add);
          }
        }
      }
    }
    Path postgresql = Markdown.ROOT.resolve("integrations/postgresql/src/main/java");
    try (Stream<Path> files = Files.walk(postgresql)) {
      files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
    }
    sources.add(
        Markdown.ROOT.resolve(
            "integrations/spring-boot/example/src/main/java/io/nnnco/nhub/examples/spring"
                + "/Application.java"));
    Examples.all()
        .forEach(
            example -> sources.add(Examples.SOURCES.resolve(example.getSimpleName() + ".java")));
    return sources;
  }

  @Test
  void link_anywhere_leadsToAFileAndAHeadingThatAreThere() {
    List<String> broken = new ArrayList<>();
    for (Markdown page : pages) {
      for (String link : page.links()) {
        if (!link.contains("://") && !link.startsWith("mailto:") && !resolves(page, link)) {
          broken.add(page.file() + ": " + link);
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  private static boolean resolves(Markdown page, String link) {
    int hash = link.indexOf('#');
    String path = hash < 0 ? link : link.substring(0, hash);
    Path target = path.isEmpty() ? page.file() : page.file().resolveSibling(path).normalize();
    return Files.exists(target)
        && (hash < 0 || Markdown.read(target).anchors().contains(link.substring(hash + 1)));
  }

  @Test
  void page_ofTheDocs_isLinkedFromTheirIndex() {
    Markdown index = Markdown.read(Markdown.ROOT.resolve("docs/README.md"));
    Set<Path> linked =
        index.links().stream()
            .map(link -> index.file().resolveSibling(link.replaceAll("#.*", "")).normalize())
            .collect(Collectors.toSet());
    List<Path> missing =
        pages.stream()
            .map(page -> page.file().normalize())
            .filter(file -> Path.of("../docs").equals(file.getParent()))
            .filter(file -> !file.equals(index.file().normalize()))
            .filter(file -> !linked.contains(file))
            .toList();
    assertEquals(List.of(), missing);
  }

  @Test
  void example_each_isNamedInTheIndex() {
    String index =
        String.join("\n", Markdown.read(Markdown.ROOT.resolve("docs/README.md")).prose());
    List<Class<?>> examples = Examples.all();

    assertTrue(examples.size() >= 8, examples::toString);
    assertEquals(
        List.of(),
        examples.stream()
            .map(Class::getSimpleName)
            .filter(name -> !index.contains("/" + name + ".java)"))
            .toList());
  }

  @Test
  void shellLine_anywhere_namesScriptsModulesAndClassesThatAreThere() {
    List<String> wrong = new ArrayList<>();
    for (Markdown page : pages) {
      for (String block : page.blocks("sh")) {
        for (String line : block.replace("\\\n", " ").split("\n", -1)) {
          wrongIn(line.replaceAll("\\s#.*", "")).forEach(w -> wrong.add(page.file() + ": " + w));
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  private static List<String> wrongIn(String line) {
    List<String> wrong = new ArrayList<>();
    found(SCRIPT, line)
        .filter(script -> !script.contains("/target/"))
        .filter(script -> !Files.exists(Markdown.ROOT.resolve(script)))
        .forEach(wrong::add);
    found(MODULE, line)
        .flatMap(modules -> Stream.of(modules.split(",", -1)))
        .map(module -> module.replace("!", ""))
        .filter(module -> !Files.exists(Markdown.ROOT.resolve(module).resolve("pom.xml")))
        .forEach(wrong::add);
    found(MAIN_CLASS, line)
        .filter(name -> Examples.all().stream().noneMatch(type -> type.getName().equals(name)))
        .forEach(wrong::add);
    return wrong;
  }

  /** What the page on security says is tested has its test, by that name. */
  @Test
  void securityPage_eachTestThatItNames_isThere() throws IOException {
    Markdown page = Markdown.read(Markdown.ROOT.resolve("docs/security.md"));
    Set<String> named =
        found(TEST_CLASS, String.join("\n", page.prose())).collect(Collectors.toSet());
    Set<String> there =
        sourcesThatAreRun().stream()
            .map(source -> String.valueOf(source.getFileName()).replace(".java", ""))
            .collect(Collectors.toSet());

    assertTrue(named.size() > 20, named::toString);
    named.removeAll(there);
    assertEquals(Set.of(), named);
  }

  private static Stream<String> found(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    return matcher.results().map(result -> result.group(1));
  }
}
