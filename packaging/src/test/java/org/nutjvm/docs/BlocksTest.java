package org.nutjvm.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nutjvm.docs.ShellBlocks.Block;
import org.nutjvm.docs.ShellBlocks.Kind;

/// Every block of every page says what it is, samples are sound, and somebody types each command.
class BlocksTest {
    private static final Path ROOT =
            Path.of(System.getProperty("nut.root", "..")).toAbsolutePath().normalize();

    /// Words a line of commands may begin with, besides those of our programs.
    private static final Set<String> COMMANDS = Set.of(
            "sudo",
            "apt",
            "apt-get",
            "dpkg",
            "docker",
            "systemctl",
            "journalctl",
            "mvn",
            "openssl",
            "curl",
            "cp",
            "echo");

    @TempDir
    Path dir;

    @Test
    void blocksSayWhatTheyAre() throws IOException {
        var wrong = new ArrayList<String>();
        int blocks = 0;
        for (Path page : pages()) {
            blocks += ShellBlocks.all(page).size();
            wrong.addAll(problems(page));
        }
        assertEquals(List.of(), wrong);
        assertTrue(blocks > 130, "few blocks were looked at: " + blocks);
    }

    @Test
    void aBlockThatDoesNotSayIsFound() throws IOException {
        Path page = Files.writeString(dir.resolve("page.md"), """
                One:

                ```
                upsc ups
                ```

                Two:

                    upsc ups

                Three:

                ```sh soon
                upsc ups
                ```

                Four:

                ```text
                sudo upsmon -c fsd
                ```

                Five:

                ```upsd.conf
                LISTENN 127.0.0.1
                ```

                Six:

                ```sh
                upsc ups
                ```
                """);
        var found = problems(page);
        assertEquals(5, found.size(), found.toString());
        for (int i = 0; i < 5; i++) {
            int line = List.of(3, 9, 13, 19, 25).get(i);
            assertTrue(found.get(i).startsWith("page.md:" + line + ": "), found.get(i));
        }
    }

    /// Pages are named by those who type them.
    @Test
    void everyCommandIsTypedBySomebody() throws IOException {
        String pagesIt = Files.readString(ROOT.resolve("packaging/src/test/java/org/nutjvm/it/PagesIT.java"));
        String guide = Files.readString(ROOT.resolve("packaging/src/deb/prove-guide"));
        String container = Files.readString(ROOT.resolve("packaging/src/container/prove-container"));
        var nobody = new ArrayList<String>();
        for (Path page : pages()) {
            String name = ROOT.relativize(page).toString();
            // ExamplesIT takes every page of the manual.
            if (ShellBlocks.has(page, Kind::byTests)
                    && !name.startsWith("docs/man/")
                    && !pagesIt.contains("\"" + name + "\"")) {
                nobody.add(name + ": PagesIT does not type it");
            }
            if (ShellBlocks.has(page, Kind.SYSTEMD::equals) && !guide.contains(name)) {
                nobody.add(name + ": prove-guide does not type it");
            }
            if (ShellBlocks.has(page, Kind.CONTAINER::equals) && !container.contains(name)) {
                nobody.add(name + ": prove-container does not type it");
            }
        }
        assertEquals(List.of(), nobody);
    }

    private static List<String> problems(Path page) throws IOException {
        var found = new ArrayList<String>();
        for (Block block : ShellBlocks.all(page)) {
            String problem = problem(block);
            if (!problem.isEmpty()) {
                found.add(page.getFileName() + ":" + block.line() + ": " + problem);
            }
        }
        return found;
    }

    /// What is wrong with a block; empty if nothing is.
    private static String problem(Block block) throws IOException {
        if (!block.fenced()) {
            return "a block without fences does not say what it is";
        }
        if (block.shell()) {
            try {
                block.kind();
                return "";
            } catch (IllegalArgumentException e) {
                return String.valueOf(e.getMessage());
            }
        }
        if (block.info().equals("text")) {
            return block.text()
                    .lines()
                    .filter(line -> commands().contains(line.split(" ", 2)[0]))
                    .findFirst()
                    .map(line -> "text that is a command: " + line)
                    .orElse("");
        }
        return SampleFiles.complaints(block.info(), block.text())
                .map(complaints -> complaints.isEmpty() ? "" : complaints.toString())
                .orElse("what is a block of '" + block.info() + "'?");
    }

    private static Set<String> commands() {
        var all = new TreeSet<>(COMMANDS);
        try (var manual = Files.newDirectoryStream(ROOT.resolve("docs/man"), "*.8.md")) {
            manual.forEach(page -> all.add(page.getFileName().toString().replace(".8.md", "")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static List<Path> pages() throws IOException {
        var pages = new ArrayList<Path>();
        try (var top = Files.list(ROOT);
                var docs = Files.walk(ROOT.resolve("docs"))) {
            top.filter(BlocksTest::isPage).forEach(pages::add);
            docs.filter(BlocksTest::isPage).forEach(pages::add);
        }
        pages.sort(null);
        return pages;
    }

    private static boolean isPage(Path file) {
        return file.toString().endsWith(".md");
    }
}
