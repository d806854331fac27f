package org.nutjvm.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/// The blocks of a page, above all the commands that a reader types: those of language `sh`, with a word behind it that
/// says what they take ({@link Kind}).
public final class ShellBlocks {
    /// What commands take, and who types them.
    public enum Kind {
        /// Nothing but the programs. `PagesIT` and `ExamplesIT` type it, and `prove-guide` on the pages it reads.
        ANYWHERE("", true),
        /// A machine without systemd, which a machine for tests is. Typed by the same tests.
        NO_SYSTEMD("no-systemd", true),
        /// A machine that was booted, and the packages. `packaging/src/deb/prove-guide` types it.
        SYSTEMD("systemd", false),
        /// A Docker. `packaging/src/container/prove-container` types it.
        CONTAINER("container", false),
        /// A device that nobody can count on. Not typed.
        HARDWARE("hardware", false),
        /// The network beyond this machine. Not typed.
        NETWORK("network", false),
        /// Builds, passes all tests or measures for minutes: what CI and developers do. Not typed.
        BUILD("build", false),
        /// Brings the machine down. Not typed.
        DESTRUCTIVE("destructive", false);

        private final String word;
        private final boolean byTests;

        Kind(String word, boolean byTests) {
            this.word = word;
            this.byTests = byTests;
        }

        /// What stands behind `sh`.
        public String word() {
            return word;
        }

        /// Whether it is for tests of the build.
        public boolean byTests() {
            return byTests;
        }
    }

    private ShellBlocks() {}

    /// Any block.
    ///
    /// @param line where it begins in its page, from 1
    /// @param info what stands behind its fence; empty without one
    /// @param fenced whether it stands between fences; else it is indented
    /// @param text what is in it
    public record Block(int line, String info, boolean fenced, String text) {
        /// Whether it has commands.
        public boolean shell() {
            return info.equals("sh") || info.startsWith("sh ");
        }

        /// What its commands take.
        ///
        /// @throws IllegalArgumentException if the word behind `sh` is none of {@link Kind}
        public Kind kind() {
            String word = info.substring(2).strip();
            for (Kind kind : Kind.values()) {
                if (kind.word().equals(word)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("line " + line + ": a block of shell commands cannot be '" + word + "'");
        }
    }

    /// The shell blocks of a page that are for tests of the build, in their order.
    public static List<Block> of(Path page) throws IOException {
        return all(page).stream()
                .filter(Block::shell)
                .filter(block -> block.kind().byTests())
                .toList();
    }

    /// Whether a page has shell blocks of some kinds.
    static boolean has(Path page, Predicate<Kind> kinds) throws IOException {
        return all(page).stream().anyMatch(block -> block.shell() && kinds.test(block.kind()));
    }

    /// All blocks of a page.
    public static List<Block> all(Path page) throws IOException {
        var found = new ArrayList<Block>();
        var parser =
                Parser.builder().includeSourceSpans(IncludeSourceSpans.BLOCKS).build();
        parser.parse(Files.readString(page)).accept(new AbstractVisitor() {
            @Override
            public void visit(FencedCodeBlock block) {
                found.add(new Block(line(block), block.getInfo().strip(), true, block.getLiteral()));
            }

            @Override
            public void visit(IndentedCodeBlock block) {
                found.add(new Block(line(block), "", false, block.getLiteral()));
            }
        });
        return found;
    }

    private static int line(Node node) {
        return node.getSourceSpans().getFirst().getLineIndex() + 1;
    }
}
