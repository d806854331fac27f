package org.nutjvm.drivers.snmp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.nutjvm.drivers.snmp.agent.SnmpAgent;
import org.nutjvm.drivers.snmp.engine.SnmpValue;
import org.nutjvm.drivers.snmp.mapping.Oid;

/// An agent that answers from a recording, as well or as badly as the test says.
final class ScriptedAgent implements SnmpAgent {
    record Written(Oid oid, SnmpValue value) {}

    Recording recording;
    boolean version2;
    /// Says nothing at all.
    boolean gone;
    /// Says nothing to larger requests.
    int silentAbove = Integer.MAX_VALUE;
    /// Says tooBig to larger requests.
    int tooBigAbove = Integer.MAX_VALUE;
    /// Leaves out what is behind so many rows.
    int truncatedTo = Integer.MAX_VALUE;
    /// Answers in another order, with rows nobody asked for.
    boolean muddled;
    /// Walks as if these were not there.
    final Set<Oid> notWalked = new HashSet<>();
    /// Fails as a whole when one of these is asked for.
    final Set<Oid> cursed = new HashSet<>();
    /// Says nothing when one of these is asked for.
    final Set<Oid> unspoken = new HashSet<>();
    /// Drops this many requests, whatever they are.
    int dropped;
    int requests;
    int largest;
    int setError;
    final List<Written> written = new ArrayList<>();

    ScriptedAgent(Recording recording, boolean version2) {
        this.recording = recording;
        this.version2 = version2;
    }

    @Override
    public boolean version2() {
        return version2;
    }

    private void asked(int size) throws Silent {
        requests++;
        largest = Math.max(largest, size);
        if (dropped > 0) {
            dropped--;
            throw new Silent("dropped");
        }
        if (gone || size > silentAbove) {
            throw new Silent("Timeout: no response from the test");
        }
    }

    @Override
    public Reply get(List<Oid> oids, boolean patient) throws Silent {
        asked(oids.size());
        if (oids.size() > tooBigAbove) {
            return new Reply(Reply.TOO_BIG, 0, List.of());
        }
        var rows = new ArrayList<Row>();
        for (int i = 0; i < oids.size(); i++) {
            var value = recording.get(oids.get(i));
            if (unspoken.contains(oids.get(i))) {
                throw new Silent("what it would say cannot be read");
            }
            if (cursed.contains(oids.get(i))) {
                return new Reply(5, i + 1, List.of());
            }
            if (value instanceof SnmpValue.Absent && !version2) {
                return new Reply(Reply.NO_SUCH_NAME, i + 1, List.of());
            }
            rows.add(new Row(oids.get(i), value));
        }
        return answer(rows);
    }

    private Reply answer(List<Row> rows) {
        var sent = new ArrayList<>(rows.subList(0, Math.min(rows.size(), truncatedTo)));
        if (muddled) {
            sent.add(new Row(Oid.of(1, 3, 6, 1, 4, 1, 1), new SnmpValue.Text("nobody asked")));
            return new Reply(0, 0, sent.reversed());
        }
        return new Reply(0, 0, sent);
    }

    @Override
    public Reply next(List<Oid> oids) throws Silent {
        asked(oids.size());
        if (oids.size() > tooBigAbove) {
            return new Reply(Reply.TOO_BIG, 0, List.of());
        }
        var rows = new ArrayList<Row>();
        for (int i = 0; i < oids.size(); i++) {
            var found = recording.values.higherEntry(oids.get(i));
            while (found != null && notWalked.contains(found.getKey())) {
                found = recording.values.higherEntry(found.getKey());
            }
            if (found == null) {
                if (!version2) {
                    return new Reply(Reply.NO_SUCH_NAME, i + 1, List.of());
                }
                rows.add(new Row(oids.get(i), SnmpValue.ABSENT));
            } else if (unspoken.contains(found.getKey())) {
                throw new Silent("what it would say cannot be read");
            } else {
                rows.add(new Row(found.getKey(), found.getValue()));
            }
        }
        return new Reply(0, 0, rows);
    }

    @Override
    public Reply bulk(Oid after, int repetitions) throws Silent {
        asked(1);
        var rows = new ArrayList<Row>();
        var at = after;
        for (int i = 0; i < repetitions; i++) {
            var found = recording.values.higherEntry(at);
            if (found == null) {
                rows.add(new Row(at, SnmpValue.ABSENT));
                break;
            }
            at = found.getKey();
            rows.add(new Row(at, found.getValue()));
        }
        return new Reply(0, 0, rows.subList(0, Math.min(rows.size(), truncatedTo)));
    }

    @Override
    public Reply set(Oid oid, SnmpValue value) throws Silent {
        asked(1);
        written.add(new Written(oid, value));
        return new Reply(setError, setError == 0 ? 0 : 1, List.of(new Row(oid, value)));
    }

    @Override
    public void close() {
        // nothing to release
    }
}
