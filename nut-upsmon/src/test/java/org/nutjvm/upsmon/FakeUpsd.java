package org.nutjvm.upsmon;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A upsd that serves what a test sets, notes every line it gets, and can fall silent or refuse.
final class FakeUpsd implements AutoCloseable {
    /// Status words by UPS; no entry means there is no such UPS.
    final Map<String, String> status = new ConcurrentHashMap<>();

    final Map<String, String> alarm = new ConcurrentHashMap<>();

    /// Answers that replace the usual ones, by the line they are for.
    final Map<String, String> answers = new ConcurrentHashMap<>();

    /// Lines as they came, of all connections.
    final List<String> lines = new CopyOnWriteArrayList<>();

    volatile int logins = 1;
    volatile boolean silent;
    volatile boolean stale;

    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final ServerSocket listener;

    FakeUpsd() throws IOException {
        this(0);
    }

    FakeUpsd(int port) throws IOException {
        listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /// How often a line came.
    long count(String line) {
        return lines.stream().filter(line::equals).count();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                clients.add(client);
                Thread.ofPlatform().daemon().start(() -> serve(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket client) {
        try (client;
                var in = new BufferedReader(
                        new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
                if (!silent) {
                    String answer = answers.getOrDefault(line, answer(line));
                    client.getOutputStream().write((answer + "\n").getBytes(StandardCharsets.ISO_8859_1));
                }
                if (line.equals("LOGOUT")) {
                    break;
                }
            }
        } catch (IOException e) {
            // gone
        }
        clients.remove(client);
    }

    private String answer(String line) {
        String[] words = line.split(" ", -1);
        return switch (words[0]) {
            case "USERNAME", "PASSWORD", "LOGIN", "PRIMARY", "MASTER" -> "OK";
            case "FSD" -> {
                status.computeIfPresent(words[1], (ups, was) -> "FSD " + was);
                yield "OK FSD-SET";
            }
            case "LOGOUT" -> "OK Goodbye";
            case "GET" -> get(words);
            default -> "ERR UNKNOWN-COMMAND";
        };
    }

    private String get(String[] words) {
        String is = status.get(words[2]);
        if (is == null) {
            return "ERR UNKNOWN-UPS";
        }
        if (words[1].equals("NUMLOGINS")) {
            return "NUMLOGINS " + words[2] + " " + logins;
        }
        if (stale) {
            return "ERR DATA-STALE";
        }
        return switch (words[3]) {
            case "ups.status" -> "VAR " + words[2] + " ups.status \"" + is + "\"";
            case "ups.alarm" -> "VAR " + words[2] + " ups.alarm \"" + alarm.getOrDefault(words[2], "") + "\"";
            default -> "ERR VAR-NOT-SUPPORTED";
        };
    }

    /// Ends every connection, as a restart does.
    void drop() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        drop();
    }
}
