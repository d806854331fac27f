package org.nutjvm.cgi.serve;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nutjvm.cgi.board.Board;
import org.nutjvm.cgi.pages.Pages;
import org.nutjvm.cgi.pages.Parts;
import org.nutjvm.cgi.pages.Topic;

/// Who keeps a page up to date. News are made once for all who look at the same page, and the same bytes go to each. A
/// viewer who has not taken the last news when there are new ones gets the whole state later instead.
final class Viewers {
    /// Sends to one of them what the system takes.
    interface Sender {
        void send(Connection viewer, byte[] bytes);
    }

    private static final class Audience {
        final Set<Connection> viewers = new LinkedHashSet<>();
        Parts parts;
        byte @Nullable [] all;

        Audience(Parts parts) {
            this.parts = parts;
        }

        byte[] all() {
            if (all == null) {
                all = bytes(parts.news(Map.of()));
            }
            return all;
        }
    }

    private static final byte[] RELOAD = bytes(Parts.RELOAD);
    private static final byte[] STILL_HERE = bytes(":\n\n");

    private final Pages pages;
    private final Sender sender;
    private final Map<Topic, Audience> audiences = new HashMap<>();
    private int count;

    Viewers(Pages pages, Sender sender) {
        this.pages = pages;
        this.sender = sender;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    int count() {
        return count;
    }

    /// Takes one in.
    ///
    /// @param frame what the page was made with; empty if that is not known
    /// @return what it gets first
    byte[] join(Connection viewer, Topic topic, String frame, Board board) {
        Audience audience = audiences.get(topic);
        if (audience == null) {
            Optional<Parts> parts = pages.parts(topic, board);
            if (parts.isEmpty()) {
                return RELOAD;
            }
            audience = new Audience(parts.get());
            audiences.put(topic, audience);
        }
        if (audience.viewers.add(viewer)) {
            count++;
        }
        viewer.topic = topic;
        return frame.isEmpty() || frame.equals(audience.parts.frame()) ? audience.all() : RELOAD;
    }

    void leave(Connection viewer) {
        Topic topic = viewer.topic;
        Audience audience = topic == null ? null : audiences.get(topic);
        if (audience != null && audience.viewers.remove(viewer)) {
            count--;
            if (audience.viewers.isEmpty()) {
                audiences.remove(topic);
            }
        }
    }

    /// Tells all what is different now.
    void publish(Board board) {
        for (Map.Entry<Topic, Audience> each : new ArrayList<>(audiences.entrySet())) {
            Audience audience = each.getValue();
            Optional<Parts> parts = pages.parts(each.getKey(), board);
            byte[] news = RELOAD;
            if (parts.isPresent()) {
                boolean same = parts.get().frame().equals(audience.parts.frame());
                news = same ? bytes(parts.get().news(audience.parts.markup())) : RELOAD;
                audience.parts = parts.get();
                audience.all = null;
            }
            if (news.length > 0) {
                for (Connection viewer : new ArrayList<>(audience.viewers)) {
                    tell(viewer, news);
                }
            }
        }
    }

    private void tell(Connection viewer, byte[] news) {
        if (viewer.clear()) {
            sender.send(viewer, news);
        } else {
            viewer.behind = true;
        }
    }

    /// It has taken everything.
    void drained(Connection viewer) {
        Audience audience = viewer.topic == null ? null : audiences.get(viewer.topic);
        if (viewer.behind && audience != null) {
            viewer.behind = false;
            sender.send(viewer, audience.all());
        }
    }

    /// Keeps the connection open where somebody in between would end it, and finds out whether it is.
    void remind(Connection viewer) {
        if (viewer.clear()) {
            sender.send(viewer, STILL_HERE);
        }
    }
}
