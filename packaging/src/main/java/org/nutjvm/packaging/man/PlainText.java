package org.nutjvm.packaging.man;

import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;

/// The text of nodes, with or without the marks of code and emphasis.
final class PlainText extends AbstractVisitor {
    private final StringBuilder text = new StringBuilder();
    private final boolean marks;

    private PlainText(boolean marks) {
        this.marks = marks;
    }

    static String of(Node node) {
        var visitor = new PlainText(false);
        node.accept(visitor);
        return visitor.text.toString().strip();
    }

    static String marked(List<Node> nodes) {
        var visitor = new PlainText(true);
        nodes.forEach(node -> node.accept(visitor));
        return visitor.text.toString();
    }

    @Override
    public void visit(Text node) {
        text.append(node.getLiteral());
    }

    @Override
    public void visit(Code node) {
        String mark = marks ? "`" : "";
        text.append(mark).append(node.getLiteral()).append(mark);
    }

    @Override
    public void visit(Emphasis node) {
        String mark = marks ? "*" : "";
        text.append(mark);
        visitChildren(node);
        text.append(mark);
    }

    @Override
    public void visit(FencedCodeBlock node) {
        text.append(node.getLiteral());
    }

    @Override
    public void visit(Paragraph node) {
        visitChildren(node);
        text.append('\n');
    }

    @Override
    public void visit(SoftLineBreak node) {
        text.append(' ');
    }

    @Override
    public void visit(HardLineBreak node) {
        text.append('\n');
    }
}
