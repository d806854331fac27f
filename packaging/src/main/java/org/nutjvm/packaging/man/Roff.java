package org.nutjvm.packaging.man;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;

/// Writes a page with the macros of man(7), those that groff and mandoc both know. What has no counterpart there is
/// refused, so that nothing is lost on the way.
final class Roff extends AbstractVisitor {
    private static final String NAME = "NAME";

    private final ManPage page;
    private final StringBuilder out = new StringBuilder();
    private final Deque<Character> fonts = new ArrayDeque<>();
    private String heading = "";

    /// Whether a paragraph that begins now is the first of its section, term or item, which needs no macro.
    private boolean fresh;

    /// Whether a line of the source must not end one here.
    private boolean oneLine;

    private int depth;

    private Roff(ManPage page) {
        this.page = page;
        fonts.push('R');
    }

    static String of(ManPage page, String date, String version) {
        var roff = new Roff(page);
        roff.out.append(".\\\" Made from docs/man/").append(page.file()).append(": change that one.\n");
        roff.out.append(".TH \"").append(literal(page.name().toUpperCase(Locale.ROOT)));
        roff.out.append("\" \"").append(page.section());
        roff.out.append("\" \"").append(date);
        roff.out.append("\" \"Network UPS Tools ").append(literal(version)).append("\" \"NUT Manual\"\n");
        page.document().accept(roff);
        return roff.out.toString();
    }

    @Override
    public void visit(Heading node) {
        if (node.getLevel() == 1) {
            return;
        }
        if (node.getLevel() > 3) {
            throw unknown(node);
        }
        String text = PlainText.of(node);
        heading = node.getLevel() == 2 ? text : heading;
        out.append(node.getLevel() == 2 ? ".SH " : ".SS ").append(prose(text)).append('\n');
        fresh = true;
    }

    @Override
    public void visit(Paragraph node) {
        if (!fresh) {
            out.append(depth == 0 ? ".PP\n" : ".IP\n");
        }
        fresh = false;
        visitChildren(node);
        out.append('\n');
    }

    @Override
    public void visit(BulletList node) {
        list(node, 0);
    }

    @Override
    public void visit(OrderedList node) {
        list(node, 1);
    }

    /// @param number of the first item, 0 for none
    private void list(Node list, int number) {
        if (depth > 0) {
            out.append(".RS\n");
        }
        depth++;
        int next = number;
        for (Node item = list.getFirstChild(); item instanceof ListItem; item = item.getNext()) {
            if (!ManPage.term((ListItem) item).isEmpty()) {
                definition((ListItem) item);
            } else {
                out.append(next == 0 ? ".IP \\(bu 2\n" : ".IP " + next++ + ". 4\n");
                fresh = true;
                visitChildren(item);
            }
        }
        depth--;
        if (depth > 0) {
            out.append(".RE\n");
        }
        fresh = false;
    }

    private void definition(ListItem item) {
        out.append(".TP\n");
        oneLine = true;
        Node node = item.getFirstChild().getFirstChild();
        for (; !(node instanceof HardLineBreak); node = node.getNext()) {
            node.accept(this);
        }
        oneLine = false;
        out.append('\n');
        for (node = node.getNext(); node != null; node = node.getNext()) {
            node.accept(this);
        }
        out.append('\n');
        fresh = false;
        for (node = item.getFirstChild().getNext(); node != null; node = node.getNext()) {
            node.accept(this);
        }
    }

    @Override
    public void visit(FencedCodeBlock node) {
        out.append(fresh ? "" : depth == 0 ? ".PP\n" : ".IP\n");
        out.append(depth == 0 ? ".RS 4\n.EX\n" : ".EX\n");
        for (String line : node.getLiteral().stripTrailing().split("\n", -1)) {
            out.append(line.startsWith(".") || line.startsWith("'") ? "\\&" : "");
            out.append(literal(line)).append('\n');
        }
        out.append(depth == 0 ? ".EE\n.RE\n" : ".EE\n");
        fresh = false;
    }

    @Override
    public void visit(Text node) {
        String text = node.getLiteral();
        if (heading.equals(NAME)) {
            word(literal(text));
        } else {
            word(prose(text));
        }
    }

    @Override
    public void visit(Code node) {
        font('B', () -> word(literal(node.getLiteral())));
    }

    @Override
    public void visit(StrongEmphasis node) {
        font('B', () -> visitChildren(node));
    }

    @Override
    public void visit(Emphasis node) {
        font('I', () -> visitChildren(node));
    }

    /// A page by its name, what is on the web with its address.
    @Override
    public void visit(Link node) {
        String target = node.getDestination();
        var other = ManPage.FILE.matcher(target);
        if (other.matches()) {
            font('B', () -> word(literal(other.group(1))));
            word("(" + other.group(2) + ")");
            return;
        }
        if (!target.startsWith("https://") || !PlainText.of(node).equals(target)) {
            throw new IllegalArgumentException(page.file() + ": a link to " + target
                    + " (to another page it is [name(5)](name.5.md), to the web <https://address>)");
        }
        word(literal(target));
    }

    @Override
    public void visit(SoftLineBreak node) {
        out.append(oneLine ? ' ' : '\n');
    }

    @Override
    public void visit(HardLineBreak node) {
        out.append("\n.br\n");
    }

    private void font(char font, Runnable text) {
        out.append("\\f").append(font);
        fonts.push(font);
        text.run();
        fonts.pop();
        out.append("\\f").append(fonts.getFirst().charValue());
    }

    /// At the beginning of a line a point or an apostrophe would make a request of it.
    private void word(String text) {
        boolean begins = out.charAt(out.length() - 1) == '\n';
        if (begins && (text.startsWith(".") || text.startsWith("'"))) {
            out.append("\\&");
        }
        out.append(text);
    }

    private static String prose(String text) {
        return escaped(text, false);
    }

    /// Text that may be copied to a command line: minus, apostrophe and accents stay what they are.
    private static String literal(String text) {
        return escaped(text, true);
    }

    private static String escaped(String text, boolean literal) {
        var escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> escaped.append("\\(rs");
                case '^' -> escaped.append("\\(ha");
                case '~' -> escaped.append("\\(ti");
                case '`' -> escaped.append("\\(ga");
                case '-' -> escaped.append(literal ? "\\-" : "-");
                case '\'' -> escaped.append(literal ? "\\(aq" : "'");
                default -> {
                    if (c < ' ' || c > '~') {
                        throw new IllegalArgumentException("only plain ASCII stands in manual pages, not in: " + text);
                    }
                    escaped.append(c);
                }
            }
        }
        return escaped.toString();
    }

    @Override
    public void visit(BlockQuote node) {
        throw unknown(node);
    }

    @Override
    public void visit(HtmlBlock node) {
        throw unknown(node);
    }

    /// `<name>` outside of code, which a browser would not show.
    @Override
    public void visit(HtmlInline node) {
        throw new IllegalArgumentException(page.file() + ": " + node.getLiteral() + " outside of code");
    }

    @Override
    public void visit(Image node) {
        throw unknown(node);
    }

    @Override
    public void visit(IndentedCodeBlock node) {
        throw unknown(node);
    }

    @Override
    public void visit(LinkReferenceDefinition node) {
        throw unknown(node);
    }

    @Override
    public void visit(ThematicBreak node) {
        throw unknown(node);
    }

    private IllegalArgumentException unknown(Node node) {
        return new IllegalArgumentException(page.file() + ": " + node + " has no counterpart in a manual page");
    }
}
