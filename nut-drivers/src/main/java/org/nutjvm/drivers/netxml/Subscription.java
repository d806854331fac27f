package org.nutjvm.drivers.netxml;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A card's alarms, sent over a connection that is asked for by HTTP (drivers/netxml-ups.c: netxml_alarm_subscribe).
/// In a thread of its own, which makes the connection anew when it breaks; polling goes on whatever becomes of it.
final class Subscription implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);
    private static final int SILENCE_MILLIS = 180_000;
    private static final int MESSAGE_LIMIT = 64 * 1024;
    private static final long PAUSE_MILLIS = 30_000;

    private final Card card;
    private final NetXmlSettings settings;
    private final Consumer<Page> listener;
    private final PageReader reader = new PageReader();
    private final Thread thread;
    private volatile boolean closed;
    private volatile Socket socket = new Socket();
    private boolean told;

    /// @param listener called in this thread with each alarm
    Subscription(Card card, NetXmlSettings settings, Consumer<Page> listener) {
        this.card = card;
        this.settings = settings;
        this.listener = listener;
        thread = Thread.ofPlatform().daemon().name("alarms").unstarted(this::serve);
    }

    void start() {
        thread.start();
    }

    private void serve() {
        while (!closed) {
            try {
                var page = card.configuration();
                if (page != null) {
                    listener.accept(page);
                }
                listen();
            } catch (IOException e) {
                if (!closed && !told) {
                    told = true;
                    LOG.warn(
                            "No alarms from '{}': {}; polling goes on",
                            card.http().host(),
                            e.getMessage());
                }
            }
            pause();
        }
    }

    private void pause() {
        try {
            Thread.sleep(closed ? 0 : PAUSE_MILLIS);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private void listen() throws IOException {
        String path = card.subscription();
        if (path == null) {
            throw new IOException("the card offers no subscription");
        }
        var reply = card.http().post(path, "text/xml", request().getBytes(StandardCharsets.UTF_8));
        if (!reply.ok()) {
            throw new IOException("it refuses the subscription: HTTP status " + reply.code());
        }
        String text = new String(reply.body(), StandardCharsets.ISO_8859_1);
        long port = number(text, "<port>");
        long secret = number(text, "<secret>");
        if (port < 1 || port > 65_535 || secret < 0) {
            throw new IOException("it does not say where alarms are to be had");
        }
        int timeout = (int) settings.timeout().toMillis();
        try (var open = new Socket()) {
            socket = open;
            if (closed) {
                return;
            }
            open.connect(new InetSocketAddress(card.http().host(), (int) port), timeout);
            open.setSoTimeout(timeout);
            var hello = "<Subscription Identification=\"" + secret + "\"></Subscription>\0";
            open.getOutputStream().write(hello.getBytes(StandardCharsets.US_ASCII));
            var in = open.getInputStream();
            String answer = message(in);
            if (!answer.toLowerCase(Locale.ROOT).startsWith("<subscription answer=\"ok\"")) {
                throw new IOException("it rejects the subscription");
            }
            LOG.info("NSM connection to '{}' established", card.http().host());
            told = false;
            open.setSoTimeout(SILENCE_MILLIS);
            hear(in);
        }
    }

    private void hear(InputStream in) throws IOException {
        while (!closed) {
            String message = message(in);
            try {
                listener.accept(reader.read(message.getBytes(StandardCharsets.ISO_8859_1)));
            } catch (IOException e) {
                LOG.debug("an alarm that is none: {}", message);
            }
        }
    }

    /// Up to the next zero, which ends each, or to the end of an element that is alone.
    private static String message(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try {
            while (true) {
                int b = in.read();
                if (b < 0) {
                    throw new EOFException("it closed the connection");
                }
                if (b == 0 && bytes.size() == 0) {
                    continue;
                }
                if (b != 0) {
                    bytes.write(b);
                }
                boolean whole = b == '>' && whole(bytes.toString(StandardCharsets.ISO_8859_1));
                if (b == 0 || whole) {
                    return bytes.toString(StandardCharsets.ISO_8859_1);
                }
                if (bytes.size() > MESSAGE_LIMIT) {
                    throw new IOException("it sends a message without end");
                }
            }
        } catch (SocketTimeoutException e) {
            throw new IOException("it has been silent for too long", e);
        }
    }

    private static boolean whole(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.endsWith("</alarm>") || lower.endsWith("</subscription>");
    }

    private String request() {
        return "<?xml version=\"1.0\"?>\n<Subscribe>\n<Class>netxml-ups v0.49</Class>\n<Type>connected socket</Type>\n"
                + "<HostName>" + hostname() + "</HostName>\n<XMLClientParameters>\n"
                + "<ShutdownDuration>" + settings.shutdownDuration() + "</ShutdownDuration>\n"
                + "<ShutdownTimer>" + (settings.shutdownTimer() > 0 ? settings.shutdownTimer() : "NONE")
                + "</ShutdownTimer>\n<AutoConfig>LOCAL</AutoConfig>\n<OutletGroup>1</OutletGroup>\n"
                + "</XMLClientParameters>\n<Warning></Warning>\n</Subscribe>\n";
    }

    private static String hostname() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    /// The number behind a tag; cards answer in several forms, not all of them XML.
    private static long number(String text, String tag) {
        int at = text.toLowerCase(Locale.ROOT).indexOf(tag);
        int from = at < 0 ? text.length() : at + tag.length();
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9' && end - from < 10) {
            end++;
        }
        return end == from ? -1 : Long.parseLong(text.substring(from, end));
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing: {}", e.getMessage());
        }
    }
}
