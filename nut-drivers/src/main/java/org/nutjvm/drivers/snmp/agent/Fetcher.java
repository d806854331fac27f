package org.nutjvm.drivers.snmp.agent;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.nutjvm.drivers.snmp.engine.Answers;
import org.nutjvm.drivers.snmp.engine.Detection;
import org.nutjvm.drivers.snmp.engine.Report;
import org.nutjvm.drivers.snmp.engine.SnmpValue;
import org.nutjvm.drivers.snmp.mapping.Oid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gets many objects with few requests, whatever the agent makes of large ones: it may answer a part only, refuse
/// because the answer would be too big, fail as a whole for one bad object, or say nothing. What an agent can take is
/// learned and kept.
public final class Fetcher {
    private static final Logger LOG = LoggerFactory.getLogger(Fetcher.class);

    /// Objects in one request: their names and short values stay below 1472 bytes, one Ethernet frame.
    static final int WIDTH = 40;

    /// Rows walked at most, for agents whose tables have no end.
    static final int ROW_LIMIT = 256;

    private static final int BULK_ROWS = 16;
    private static final int SAMPLES = 3;

    /// An agent that leaves more unanswered is in trouble.
    private static final int MUTE_LIMIT = 8;

    private final SnmpAgent agent;
    private final Set<Oid> mute = new HashSet<>();
    private int width = WIDTH;
    private int proven;
    private boolean nextChecked;
    private boolean nextTrusted = true;

    public Fetcher(SnmpAgent agent) {
        this.agent = agent;
    }

    /// Asks for objects and keeps what is said of each; one that is not there is kept as absent.
    ///
    /// @throws SnmpAgent.Silent when the agent does not answer
    public void fetch(Collection<Oid> wanted, Answers into) throws IOException {
        var sorted = new ArrayList<>(new TreeSet<>(wanted));
        absentAll(sorted, mute, into);
        int wide = width;
        int known = mute.size();
        int from = 0;
        while (from < sorted.size()) {
            int to = Math.min(sorted.size(), from + width);
            var part = sorted.subList(from, to);
            batch(part, part.size() <= proven, into);
            from = to;
        }
        if (mute.size() > known) {
            width = wide; // it was that object, not the size
        }
    }

    private static void absentAll(List<Oid> oids, Set<Oid> gone, Answers into) {
        for (var oid : gone) {
            if (oids.remove(oid)) {
                into.put(oid, SnmpValue.ABSENT);
            }
        }
    }

    private void batch(List<Oid> oids, boolean patient, Answers into) throws IOException {
        if (oids.isEmpty()) {
            return;
        }
        SnmpAgent.Reply reply;
        try {
            reply = agent.get(oids, patient || oids.size() == 1);
        } catch (SnmpAgent.Silent e) {
            silent(oids, into, e);
            return;
        }
        answered(oids, reply, into);
    }

    /// It may be gone, or drop what would be too large, or send something of one object that nobody can read. What is
    /// always there tells, and soon: what was lost was repeated already.
    private void silent(List<Oid> oids, Answers into, SnmpAgent.Silent trouble) throws IOException {
        if (oids.size() == 1 && (oids.contains(Detection.SYS_OBJECT_ID) || mute.size() >= MUTE_LIMIT)) {
            throw trouble;
        }
        agent.get(List.of(Detection.SYS_OBJECT_ID), false);
        if (oids.size() == 1) {
            LOG.debug("the agent leaves {} unanswered: not asking for it any more", oids.getFirst());
            mute.add(oids.getFirst());
            into.put(oids.getFirst(), SnmpValue.ABSENT);
        } else {
            narrow(oids.size(), "says nothing");
            halves(oids, into);
        }
    }

    private void answered(List<Oid> oids, SnmpAgent.Reply reply, Answers into) throws IOException {
        switch (reply.error()) {
            case 0 -> {
                proven = Math.max(proven, oids.size());
                take(oids, reply, into);
            }
            case SnmpAgent.Reply.NO_SUCH_NAME -> without(oids, reply.index(), into);
            case SnmpAgent.Reply.TOO_BIG -> {
                if (oids.size() == 1) {
                    into.put(oids.getFirst(), SnmpValue.ABSENT);
                } else {
                    narrow(oids.size(), "says tooBig");
                    halves(oids, into);
                }
            }
            default -> {
                LOG.debug("error {} for {} objects from {}", reply.error(), oids.size(), oids.getFirst());
                if (oids.size() == 1) {
                    into.put(oids.getFirst(), SnmpValue.ABSENT);
                } else {
                    halves(oids, into);
                }
            }
        }
    }

    private void narrow(int tried, String why) {
        int narrower = Math.max(1, tried / 2);
        if (narrower < width) {
            LOG.debug("asking for {} objects at a time from now on: the agent {}", narrower, why);
            width = narrower;
        }
    }

    private void halves(List<Oid> oids, Answers into) throws IOException {
        int middle = (oids.size() + 1) / 2;
        batch(oids.subList(0, middle), false, into);
        batch(oids.subList(middle, oids.size()), false, into);
    }

    /// Keeps the rows that were asked for, and asks again for those that are not in the answer.
    private void take(List<Oid> oids, SnmpAgent.Reply reply, Answers into) throws IOException {
        Map<Oid, SnmpValue> rows = HashMap.newHashMap(reply.rows().size());
        for (var row : reply.rows()) {
            rows.putIfAbsent(row.oid(), row.value());
        }
        var left = new ArrayList<Oid>();
        for (var oid : oids) {
            var value = rows.get(oid);
            if (value != null) {
                into.put(oid, value);
            } else {
                left.add(oid);
            }
        }
        if (left.isEmpty()) {
            return;
        }
        if (oids.size() == 1) {
            LOG.debug("asked for {}, the agent answers something else", oids.getFirst());
            into.put(oids.getFirst(), SnmpValue.ABSENT);
        } else if (left.size() < oids.size()) {
            narrow(2 * Math.max(1, oids.size() - left.size()), "leaves out what is too much for it");
            batch(left, true, into);
        } else {
            halves(left, into);
        }
    }

    /// SNMPv1 names one missing object at a time and says nothing of the others. What follows an object tells of many
    /// at once whether they are there.
    private void without(List<Oid> oids, int index, Answers into) throws IOException {
        if (index < 1 || index > oids.size()) {
            if (oids.size() == 1) {
                into.put(oids.getFirst(), SnmpValue.ABSENT);
            } else {
                halves(oids, into);
            }
            return;
        }
        into.put(oids.get(index - 1), SnmpValue.ABSENT);
        var left = new ArrayList<>(oids);
        left.remove(index - 1);
        if (left.size() > SAMPLES && nextTrusted) {
            following(left, into);
        } else {
            batch(left, true, into);
        }
    }

    private void following(List<Oid> oids, Answers into) throws IOException {
        var before = new ArrayList<Oid>(oids.size());
        for (var oid : oids) {
            before.add(oid.justBefore());
        }
        SnmpAgent.Reply reply;
        try {
            reply = agent.next(before);
        } catch (SnmpAgent.Silent e) {
            silent(oids, into, e);
            return;
        }
        if (reply.error() == SnmpAgent.Reply.NO_SUCH_NAME && reply.index() >= 1 && reply.index() <= oids.size()) {
            // Nothing follows this one, so nothing is there from it on: they are in order.
            absent(oids.subList(reply.index() - 1, oids.size()), into);
            if (reply.index() > 1) {
                following(oids.subList(0, reply.index() - 1), into);
            }
            return;
        }
        if (reply.error() == SnmpAgent.Reply.TOO_BIG && oids.size() > 1) {
            narrow(oids.size(), "says tooBig");
            int middle = oids.size() / 2;
            following(oids.subList(0, middle), into);
            following(oids.subList(middle, oids.size()), into);
            return;
        }
        if (reply.error() != 0 || reply.rows().size() != oids.size() || !ordered(before, reply)) {
            distrust(oids, into);
            return;
        }
        var absent = new ArrayList<Oid>();
        for (int i = 0; i < oids.size(); i++) {
            var row = reply.rows().get(i);
            if (row.oid().equals(oids.get(i))) {
                into.put(oids.get(i), row.value());
            } else {
                absent.add(oids.get(i));
            }
        }
        absent(absent, into);
    }

    /// Keeps that these are not there, if some of them, asked for plainly, are not there indeed.
    private void absent(List<Oid> oids, Answers into) throws IOException {
        if (!nextChecked && !oids.isEmpty() && !samplesAreAbsent(oids, into)) {
            distrust(oids, into);
            return;
        }
        for (var oid : oids) {
            into.put(oid, SnmpValue.ABSENT);
        }
    }

    private static boolean ordered(List<Oid> before, SnmpAgent.Reply reply) {
        for (int i = 0; i < before.size(); i++) {
            if (reply.rows().get(i).oid().compareTo(before.get(i)) <= 0) {
                return false;
            }
        }
        return true;
    }

    /// Asks plainly for some of the objects that seem not to be there, once in an agent's life.
    private boolean samplesAreAbsent(List<Oid> absent, Answers into) throws IOException {
        nextChecked = true;
        for (int i = 0; i < Math.min(SAMPLES, absent.size()); i++) {
            var sample = absent.get(i * (absent.size() - 1) / Math.max(1, SAMPLES - 1));
            batch(List.of(sample), true, into);
            if (!(into.get(sample) instanceof SnmpValue.Absent)) {
                return false;
            }
        }
        return true;
    }

    private void distrust(List<Oid> oids, Answers into) throws IOException {
        LOG.debug("the agent does not walk in order: asking for each object by itself");
        nextTrusted = false;
        batch(oids, true, into);
    }

    /// Walks rows and keeps the objects they name.
    public void walk(Report.Walk walk, Answers into) throws IOException {
        var pointers = new ArrayList<Oid>();
        var at = walk.after();
        int seen = 0;
        boolean more = true;
        while (more && pointers.size() < walk.pointers() && seen < ROW_LIMIT) {
            var reply = agent.version2() ? agent.bulk(at, BULK_ROWS) : agent.next(List.of(at));
            more = reply.error() == 0 && !reply.rows().isEmpty();
            for (var row : reply.rows()) {
                boolean inside = more
                        && row.oid().within(walk.within())
                        && row.oid().compareTo(at) > 0
                        && !(row.value() instanceof SnmpValue.Absent);
                if (!inside) {
                    more = false;
                    break;
                }
                at = row.oid();
                seen++;
                if (row.value() instanceof SnmpValue.Pointer(var oid) && pointers.size() < walk.pointers()) {
                    pointers.add(oid);
                }
            }
        }
        into.put(walk, pointers);
    }
}
