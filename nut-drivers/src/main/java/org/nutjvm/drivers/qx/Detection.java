package org.nutjvm.drivers.qx;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out which protocol a device speaks: the first whose claims hold.
///
/// What one protocol asked another need not ask again: a question that stays without an answer is asked three times in
/// all, and not three times for each protocol.
final class Detection {
    private static final Logger LOG = LoggerFactory.getLogger(Detection.class);

    /// @param absent variables the device refused to tell, which do not count
    record Found(Protocol protocol, Set<String> absent) {}

    /// What ups.conf says.
    interface Settings {
        /// Whether a flag was given.
        boolean flag(String name);

        /// The value of a setting, or null.
        @Nullable
        String value(String name);
    }

    private final Protocol protocol;
    private final Answers answers;
    private final Settings settings;
    private final Set<String> absent = new HashSet<>();
    private final Map<String, String> values = new HashMap<>();

    private Detection(Protocol protocol, Answers answers, Settings settings) {
        this.protocol = protocol;
        this.answers = answers;
        this.settings = settings;
    }

    /// The protocol, or null.
    ///
    /// @throws IOException if the link is lost
    static @Nullable Found run(Iterable<Protocol> protocols, QxLink link, Settings settings) throws IOException {
        var plain = new Answers(link, false);
        for (Protocol protocol : protocols) {
            LOG.debug("Trying protocol {}...", protocol.version());
            var answers = protocol.checksum() ? new Answers(ChecksumLink.of(protocol, link), true) : plain;
            var found = new Detection(protocol, answers, settings);
            if (found.claims()) {
                return new Found(protocol, Set.copyOf(found.absent));
            }
        }
        return null;
    }

    private boolean claims() throws IOException {
        for (var claim : protocol.claims()) {
            if (claim.unless() != null && settings.flag(claim.unless())) {
                continue;
            }
            try {
                String why = complaint(claim);
                if (why != null) {
                    LOG.debug("{}: {}", protocol.name(), why);
                    return false;
                }
            } catch (Answers.Missing e) {
                if (!e.rejected || !claim.orRejected()) {
                    LOG.debug("{}: {}", protocol.name(), String.valueOf(e.getMessage()));
                    return false;
                }
                absent.add(claim.variable());
            }
        }
        return true;
    }

    private @Nullable String complaint(Protocol.Claim claim) throws IOException {
        String variable = claim.variable();
        for (Item item : protocol.items()) {
            if (item.variable().equals(variable) && Condition.all(item.when(), values::get)) {
                return complaint(claim, item);
            }
        }
        return "nothing tells " + variable;
    }

    private @Nullable String complaint(Protocol.Claim claim, Item item) throws IOException {
        String question = item.query().question().with(values::get);
        if (question == null) {
            return item.query().question() + " cannot be asked";
        }
        while (true) {
            Reading reading = item.read(answers.text(protocol, item.query(), question), known());
            if (reading instanceof Reading.Value value) {
                values.put(item.variable(), value.text());
                return other(claim, value.text());
            }
            String why = reading instanceof Reading.Bad bad ? bad.why() : item.variable() + " says nothing";
            if (!answers.again(question)) {
                return why;
            }
        }
    }

    private @Nullable String other(Protocol.Claim claim, String value) {
        String wanted = claim.is() == null ? null : settings.value(claim.is());
        return wanted == null || Numbers.of(wanted.strip()).equals(Numbers.of(value))
                ? null
                : claim.variable() + " is " + value + ", " + claim.is() + " = " + wanted;
    }

    private Known known() {
        return new Known() {
            @Override
            public double packs() {
                return 1;
            }

            @Override
            public @Nullable String value(String name) {
                return values.get(name);
            }
        };
    }
}
