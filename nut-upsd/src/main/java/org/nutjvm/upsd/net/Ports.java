package org.nutjvm.upsd.net;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.nutjvm.common.wire.Words;

/// What port a word means, and who has it.
final class Ports {
    private static final String LISTENING = "0A";

    private Ports() {}

    /// A number from 0 to 65535 or the name of a service in /etc/services; -1 for anything else.
    static int number(String word) {
        try {
            int number = Integer.parseInt(word);
            return number >= 0 && number <= 0xffff ? number : -1;
        } catch (NumberFormatException e) {
            return word.equals("nut") ? 3493 : service(word);
        }
    }

    private static int service(String name) {
        try {
            for (var line : Files.readAllLines(Path.of("/etc/services"))) {
                var words = Words.split(line);
                if (words.size() > 1 && words.get(1).endsWith("/tcp")) {
                    boolean named = words.getFirst().equals(name)
                            || words.subList(2, words.size()).contains(name);
                    if (named) {
                        return Integer.parseInt(
                                words.get(1).substring(0, words.get(1).length() - 4));
                    }
                }
            }
        } catch (IOException | NumberFormatException e) {
            Journal.log().debug("/etc/services: {}", e.getMessage());
        }
        return -1;
    }

    /// The process that listens on the port, as far as this user may know; else how to find it.
    static String holder(int port) {
        try {
            for (var table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
                String inode = inode(Path.of(table), port);
                if (!inode.isEmpty()) {
                    String owner = owner("socket:[" + inode + "]");
                    return owner.isEmpty() ? "some process: see ss -ltnp 'sport = :" + port + "'" : owner;
                }
            }
        } catch (IOException e) {
            Journal.log().debug("who has port {}: {}", port, e.getMessage());
        }
        return "";
    }

    private static String inode(Path table, int port) throws IOException {
        if (!Files.isReadable(table)) {
            return "";
        }
        String wanted = ':' + String.format(Locale.ROOT, "%04X", port);
        for (var line : Files.readAllLines(table)) {
            var words = Words.split(line);
            if (words.size() > 9
                    && words.get(1).endsWith(wanted)
                    && words.get(3).equals(LISTENING)) {
                return words.get(9);
            }
        }
        return "";
    }

    private static String owner(String socket) throws IOException {
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var process : processes) {
                if (holds(process, socket)) {
                    String name = Files.readString(process.resolve("comm")).trim();
                    return "process " + process.getFileName() + " (" + name + ")";
                }
            }
        }
        return "";
    }

    private static boolean holds(Path process, String socket) {
        try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
            for (var descriptor : open) {
                if (Files.readSymbolicLink(descriptor).toString().equals(socket)) {
                    return true;
                }
            }
        } catch (IOException e) {
            return false; // another user's process, or one that has just ended
        }
        return false;
    }
}
