package org.nutjvm.packaging.man;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.parser.Parser;

/// A manual page as it is written: CommonMark in docs/man/NAME.SECTION.md. What it may use is what {@link Roff} knows:
///
/// - the title `# name(section)`, sections `## NAME` and so on, subsections `###`;
/// - paragraphs, `code` for what is typed as it stands, `*emphasis*` for what stands for something else;
/// - a list item whose first line ends with a backslash is a term and what it means;
/// - code blocks; one that names a configuration file after its fence is an example of that file;
/// - links to other pages, `[upsd.conf(5)](upsd.conf.5.md)`, and to the web.
///
/// @param name of the page, as in `man name`
/// @param section of the manual: 5 or 8
/// @param document what the text says
public record ManPage(String name, int section, Node document) {
    /// The file of a page: its name and section.
    static final Pattern FILE = Pattern.compile("([a-z0-9_.-]+)\\.([58])\\.md");

    /// A code block.
    ///
    /// @param info what stands after its fence; may be empty
    public record Example(String info, String text) {}

    /// A link.
    ///
    /// @param target as written
    public record Reference(String text, String target) {}

    /// Reads all pages of a directory, in the order of their names.
    ///
    /// @throws IllegalArgumentException when one is not of that form
    public static List<ManPage> all(Path directory) throws IOException {
        var pages = new ArrayList<ManPage>();
        try (var files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                var matcher = FILE.matcher(file.getFileName().toString());
                if (matcher.matches()) {
                    String text = Files.readString(file, StandardCharsets.UTF_8);
                    pages.add(of(matcher.group(1), Integer.parseInt(matcher.group(2)), text));
                }
            }
        }
        return pages;
    }

    static ManPage of(String name, int section, String text) {
        var page = new ManPage(name, section, Parser.builder().build().parse(text));
        boolean titled = page.document.getFirstChild() instanceof Heading heading
                && heading.getLevel() == 1
                && PlainText.of(heading).equals(page.title());
        if (!titled) {
            throw new IllegalArgumentException(page.file() + " begins with another line than # " + page.title());
        }
        return page;
    }

    /// As people refer to it: `upsd(8)`.
    public String title() {
        return name + "(" + section + ")";
    }

    /// The file it is written in, without the directory.
    public String file() {
        return name + "." + section + ".md";
    }

    /// The page for man(1).
    ///
    /// @param date of the release, YYYY-MM-DD
    /// @param version of the programs
    /// @throws IllegalArgumentException when it uses what has no counterpart there
    public String roff(String date, String version) {
        return Roff.of(this, date, version);
    }

    /// The headings of sections, in order.
    public List<String> headings() {
        var headings = new ArrayList<String>();
        for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Heading heading && heading.getLevel() == 2) {
                headings.add(PlainText.of(heading));
            }
        }
        return headings;
    }

    /// The terms that a section explains, with the marks of code and emphasis, in order; not those in lists within
    /// lists.
    public List<String> terms(String heading) {
        var terms = new ArrayList<String>();
        for (Node node : nodesOf(heading)) {
            for (Node item = node.getFirstChild(); item instanceof ListItem; item = item.getNext()) {
                var term = term((ListItem) item);
                if (!term.isEmpty()) {
                    terms.add(PlainText.marked(term));
                }
            }
        }
        return terms;
    }

    /// The text of a section, without marks.
    public String text(String heading) {
        var text = new StringBuilder();
        for (Node node : nodesOf(heading)) {
            text.append(PlainText.of(node)).append('\n');
        }
        return text.toString();
    }

    /// All code blocks.
    public List<Example> examples() {
        var examples = new ArrayList<Example>();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(FencedCodeBlock block) {
                examples.add(new Example(block.getInfo(), block.getLiteral()));
            }
        });
        return examples;
    }

    /// All links.
    public List<Reference> references() {
        var references = new ArrayList<Reference>();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                references.add(new Reference(PlainText.of(link), link.getDestination()));
            }
        });
        return references;
    }

    private List<Node> nodesOf(String heading) {
        var nodes = new ArrayList<Node>();
        boolean within = false;
        for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Heading found && found.getLevel() == 2) {
                within = PlainText.of(found).equals(heading);
            } else if (within) {
                nodes.add(node);
            }
        }
        return nodes;
    }

    /// What an item explains: all before the first line break that is meant; nothing if there is none.
    static List<Node> term(ListItem item) {
        var term = new ArrayList<Node>();
        if (item.getFirstChild() instanceof Paragraph first) {
            for (Node node = first.getFirstChild(); node != null; node = node.getNext()) {
                if (node instanceof HardLineBreak) {
                    return term;
                }
                term.add(node);
            }
        }
        return List.of();
    }
}
