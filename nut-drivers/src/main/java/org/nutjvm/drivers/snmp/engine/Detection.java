package org.nutjvm.drivers.snmp.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.snmp.mapping.Mapping;
import org.nutjvm.drivers.snmp.mapping.Oid;

/// Which mapping fits a device (drivers/snmp-ups.c: load_mib2nut, match_sysoid). Like {@link Evaluation} it says what
/// it would have to know: the sysObjectID first, then what such a device must answer, and what others answer only when
/// that does not help.
public final class Detection {
    /// What every agent says it is.
    public static final Oid SYS_OBJECT_ID = Oid.of(1, 3, 6, 1, 2, 1, 1, 2, 0);

    /// Since when it runs, in hundredths of a second.
    public static final Oid SYS_UP_TIME = Oid.of(1, 3, 6, 1, 2, 1, 1, 3, 0);

    /// What `mibs` says when the device is to be recognised.
    public static final String AUTO = "auto";

    private final Answers answers;
    private final List<Oid> missing = new ArrayList<>();

    private Detection(Answers answers) {
        this.answers = answers;
    }

    /// What came of it.
    ///
    /// @param head the mapping, or null when there is none or more must be known
    /// @param exact whether the device says itself, by its sysObjectID, that it is one of these
    /// @param reason why it, or why none: a sentence
    /// @param missing what must be known first
    public record Choice(Mapping.@Nullable Head head, boolean exact, String reason, List<Oid> missing) {}

    /// Chooses.
    ///
    /// @param heads in the order they are to be tried
    /// @param mibs the name of a mapping, or {@link #AUTO}
    public static Choice among(List<Mapping.Head> heads, String mibs, Answers answers) {
        var detection = new Detection(answers);
        return mibs.equals(AUTO) ? detection.automatic(heads) : detection.named(heads, mibs);
    }

    private Choice named(List<Mapping.Head> heads, String mibs) {
        for (var head : heads) {
            if (head.called(mibs)) {
                for (var probe : head.probes()) {
                    if (there(probe)) {
                        return new Choice(head, false, "mibs = " + mibs + " says so, and it answers " + probe, missing);
                    }
                }
            }
        }
        return new Choice(
                null,
                false,
                "Requested 'mibs' value '" + mibs + "' did not match this device: it answers nothing of what such a "
                        + "device must; say mibs = auto, or nothing",
                missing);
    }

    private Choice automatic(List<Mapping.Head> heads) {
        var said = at(SYS_OBJECT_ID);
        if (said == null) {
            return pending();
        }
        Oid sysobjectid = said instanceof SnmpValue.Pointer(var oid)
                ? oid
                : said instanceof SnmpValue.Text(var text) ? Oid.parse(text.strip()) : null;
        for (var head : heads) {
            if (head.sysobjectid() != null
                    && head.sysobjectid().equals(sysobjectid)
                    && !head.probes().isEmpty()
                    && there(head.probes().getFirst())) {
                return choice(head, true, "its sysObjectID is " + sysobjectid);
            }
        }
        if (!missing.isEmpty()) {
            return pending();
        }
        for (var head : heads) {
            if (!head.probes().isEmpty() && there(head.probes().getFirst())) {
                return choice(
                        head,
                        false,
                        "no mapping of its sysObjectID " + sysobjectid + " fits, and this is the first whose object "
                                + head.probes().getFirst() + " it answers");
            }
        }
        if (!missing.isEmpty()) {
            return pending();
        }
        for (var head : heads) {
            for (var probe : head.probes()) {
                if (there(probe)) {
                    return choice(
                            head,
                            false,
                            "no mapping of its sysObjectID " + sysobjectid
                                    + " fits and it tells no model, but it answers " + probe);
                }
            }
        }
        return new Choice(
                null,
                false,
                "No matching MIB found for sysOID '" + sysobjectid + "': it answers nothing that any mapping asks for",
                missing);
    }

    private Choice pending() {
        return new Choice(null, false, "more must be known", missing);
    }

    private Choice choice(Mapping.Head head, boolean exact, String reason) {
        return new Choice(missing.isEmpty() ? head : null, exact, reason, missing);
    }

    private boolean there(Oid oid) {
        var value = at(oid);
        return value != null && !(value instanceof SnmpValue.Absent);
    }

    private @Nullable SnmpValue at(Oid oid) {
        var value = answers.get(oid);
        if (value == null) {
            missing.add(oid);
        }
        return value;
    }
}
