package org.nutjvm.packaging.image;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What clients say to upsd in a rehearsal: each verb of the network protocol once.
final class Dialogue {
    private static final int LIMIT_MILLIS = 10_000;

    private Dialogue() {}

    /// Whether upsd listens and has data of the device.
    static boolean answers(int port, String ups) {
        try (var line = new Line(port)) {
            return line.ask("GET VAR " + ups + " ups.status").startsWith("VAR ");
        } catch (IOException e) {
            return false;
        }
    }

    /// Whether somebody draws power from the device.
    static boolean loggedIn(int port, String ups) {
        try (var line = new Line(port)) {
            return line.ask("GET NUMLOGINS " + ups).endsWith(" 1");
        } catch (IOException e) {
            return false;
        }
    }

    /// Whether the driver of a USB device has lost it once and found it again.
    static boolean isBack(int port, String ups) {
        try (var line = new Line(port)) {
            return line.ask("GET VAR " + ups + " driver.usb.reopened").endsWith(" \"1\"");
        } catch (IOException e) {
            return false;
        }
    }

    /// Asks for everything, as a client with all rights.
    ///
    /// @throws IOException if upsd goes silent or away
    static void hold(int port, String ups) throws IOException {
        try (var line = new Line(port)) {
            for (String request : requests(ups)) {
                if (line.ask(request).startsWith("BEGIN LIST ")) {
                    line.skipList();
                }
            }
        }
    }

    private static List<String> requests(String ups) {
        return List.of(
                "VER",
                "NETVER",
                "PROTVER",
                "HELP",
                "STARTTLS",
                "LIST UPS",
                "LIST VAR " + ups,
                "LIST RW " + ups,
                "LIST CMD " + ups,
                "LIST CLIENT " + ups,
                "LIST ENUM " + ups + " ups.status",
                "LIST RANGE " + ups + " ups.status",
                "GET UPSDESC " + ups,
                "GET NUMLOGINS " + ups,
                "GET VAR " + ups + " battery.charge",
                "GET VAR " + ups + " server.info",
                "GET VAR " + ups + " no.such.variable",
                "GET TYPE " + ups + " battery.charge",
                "GET DESC " + ups + " battery.charge",
                "GET CMDDESC " + ups + " load.off",
                "SET VAR " + ups + " battery.charge 1",
                "USERNAME " + Stage.USER,
                "PASSWORD " + Stage.PASSWORD,
                "LOGIN " + ups,
                "PRIMARY " + ups,
                "SET TRACKING ON",
                "SET VAR " + ups + " battery.charge \"99\"",
                "INSTCMD " + ups + " driver.reload",
                "GET TRACKING",
                "SET TRACKING OFF",
                "FSD " + ups,
                "NONSENSE",
                "LOGOUT");
    }

    /// A client's connection.
    private static final class Line implements AutoCloseable {
        private final Socket socket = new Socket();
        private final BufferedReader in;

        Line(int port) throws IOException {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MILLIS);
            socket.setSoTimeout(LIMIT_MILLIS);
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        }

        String ask(String request) throws IOException {
            socket.getOutputStream().write((request + "\n").getBytes(StandardCharsets.US_ASCII));
            return read();
        }

        void skipList() throws IOException {
            while (!read().startsWith("END LIST ")) {
                // a row
            }
        }

        private String read() throws IOException {
            String line = in.readLine();
            if (line == null) {
                throw new IOException("upsd closed the connection");
            }
            return line;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
