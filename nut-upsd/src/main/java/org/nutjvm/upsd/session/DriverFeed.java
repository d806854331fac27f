package org.nutjvm.upsd.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.wire.DriverLine;
import org.nutjvm.common.wire.Lexer;

/// What a driver's bytes mean for its device, and when silence means something (server/sstate.c). Times are whole
/// seconds of a clock that never goes back.
public final class DriverFeed {
    /// A line longer than this is no driver's.
    static final int LINE_LIMIT = 64 * 1024;

    /// More than this before the end of the first dump is no device's.
    static final int DUMP_LIMIT = 4 * 1024 * 1024;

    /// More letters than this in names, values and choices are no device's. Large ones have a hundredth of it; a few
    /// that have it all still fit a server's memory.
    static final long LETTERS_LIMIT = 1024 * 1024;

    /// Complaints about one connection's lines before the rest goes unmentioned.
    private static final int COMPLAINTS = 5;

    private final Device device;
    private final Tracking tracking;
    private Lexer lexer = new Lexer();
    private boolean dumpDone;
    private boolean dataOk;
    private long dumped;
    private boolean endless;
    private int complaints;
    private long lastHeard;
    private long lastPing = Long.MIN_VALUE / 2;

    /// A device whose driver is not connected yet.
    public DriverFeed(Device device, Tracking tracking) {
        this.device = device;
        this.tracking = tracking;
    }

    /// The connection was made; until the driver says more the status is `WAIT`.
    public void connected(long now) {
        lexer = new Lexer();
        dumpDone = false;
        dumped = 0;
        endless = false;
        complaints = 0;
        lastHeard = now;
        device.tree().clear();
        device.tree().setinfo("ups.status", "WAIT");
        device.connected(true);
        device.stale(false);
    }

    /// The connection is gone, and with it everything known.
    public void disconnected() {
        device.tree().clear();
        device.connected(false);
    }

    /// Takes what the driver sent.
    ///
    /// @return what the log should say
    public List<Note> read(byte[] bytes, int length, long now) {
        List<Note> notes = List.of();
        for (int i = 0; i < length; i++) {
            switch (lexer.feed(bytes[i])) {
                case LINE -> notes = line(DriverLine.of(lexer.words()), notes, now);
                case ERROR -> notes = complain(notes, "Parse error on sock: " + lexer.error());
                case MORE -> endless |= lexer.consumed() > LINE_LIMIT;
            }
        }
        if (!dumpDone) {
            dumped += length;
            endless |= dumped > DUMP_LIMIT;
        }
        endless |= device.tree().letters() > LETTERS_LIMIT;
        return notes;
    }

    /// Whether the driver sent so long a line, or so many, that it cannot be one.
    public boolean endless() {
        return endless;
    }

    private List<Note> line(DriverLine line, List<Note> notes, long now) {
        switch (line) {
            case DriverLine.DumpDone() -> dumpDone = true;
            case DriverLine.DataOk() -> dataOk = true;
            case DriverLine.DataStale() -> dataOk = false;
            case DriverLine.Tracking(var id, var status) -> {
                lastHeard = now;
                String result = tracking.set(id, status);
                return result == null || result.equals("PENDING")
                        ? notes
                        : plus(notes, Note.info("tracking ID: " + id + "\tresult: " + result));
            }
            case DriverLine.Unknown(var words) -> {
                return words.isEmpty()
                        ? notes
                        : complain(notes, "Unknown line " + words.getFirst().toUpperCase(Locale.ROOT));
            }
            default -> device.tree().apply(line);
        }
        lastHeard = now;
        return notes;
    }

    private List<Note> complain(List<Note> notes, String text) {
        if (complaints >= COMPLAINTS) {
            return notes;
        }
        complaints++;
        String last = complaints == COMPLAINTS ? " (more of this from this driver will not be mentioned)" : "";
        return plus(notes, new Note(Note.Level.NOTICE, text + " from UPS [" + device.name() + "]" + last));
    }

    private static List<Note> plus(List<Note> notes, Note note) {
        var more = notes.isEmpty() ? new ArrayList<Note>() : notes;
        more.add(note);
        return more;
    }

    /// Whether the driver was silent so long that it should be asked for a sign of life.
    public boolean pingDue(long now, long maxage) {
        return now - lastHeard > maxage / 3 && now - lastPing > maxage / 3;
    }

    /// A ping was sent.
    public void pinged(long now) {
        lastPing = now;
    }

    /// Decides anew whether the data are stale: one second after MAXAGE, so that a driver which answers in the last
    /// moment does not flap. What the driver says of its data counts once it has told them all.
    ///
    /// @return what the log should say, if that changed
    public @Nullable Note judge(long now, long maxage) {
        boolean dead = now - lastHeard > maxage + 1 || (dumpDone && !dataOk);
        if (dead == device.stale()) {
            return null;
        }
        device.stale(dead);
        return new Note(
                Note.Level.NOTICE,
                dead
                        ? "Data for UPS [" + device.name() + "] is stale - check driver"
                        : "UPS [" + device.name() + "] data is no longer stale");
    }
}
