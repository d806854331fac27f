package org.nutjvm.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The commands of a page that a reader types on a machine for tests: its fenced blocks of language `sh`, and `sh
/// no-systemd` for a machine like that. One that cannot be typed there has a word behind `sh` that says what it takes:
/// `hardware`, `systemd`, `destructive`, `network`. `packaging/src/deb/prove-guide` types those for systemd.
public final class ShellBlocks {
    private static final List<String> TAKES = List.of("hardware", "systemd", "destructive", "network");

    private ShellBlocks() {}

    /// A block.
    ///
    /// @param line where it begins in its page, from 1
    /// @param text the commands
    public record Block(int line, String text) {}

    /// All blocks of a page that can be typed.
    ///
    /// @throws IllegalArgumentException if a block's word is none of those above, or a fence is not closed
    public static List<Block> of(Path page) throws IOException {
        var found = new ArrayList<Block>();
        List<String> lines = Files.readAllLines(page);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.startsWith("```")) {
                continue;
            }
            int end = i + 1;
            while (end < lines.size() && !lines.get(end).startsWith("```")) {
                end++;
            }
            if (end == lines.size()) {
                throw new IllegalArgumentException(page + ":" + (i + 1) + ": this block has no end");
            }
            String takes = line.substring(3).strip();
            if (takes.equals("sh") || takes.equals("sh no-systemd")) {
                found.add(new Block(i + 1, String.join("\n", lines.subList(i + 1, end))));
            } else if (takes.startsWith("sh ") && !TAKES.contains(takes.substring(3))) {
                throw new IllegalArgumentException(page + ":" + (i + 1) + ": a block may need one of " + TAKES);
            }
            i = end;
        }
        return found;
    }
}
