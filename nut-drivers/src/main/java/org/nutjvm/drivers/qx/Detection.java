package org.nutjvm.drivers.qx;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
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

    private Detection() {}

    /// The protocol, or null.
    ///
    /// @param flag whether a flag of ups.conf was given
    /// @throws IOException if the link is lost
    static @Nullable Found run(List<Protocol> protocols, QxLink link, Predicate<String> flag) throws IOException {
        var answers = new Answers(link, false);
        for (Protocol protocol : protocols) {
            LOG.debug("Trying protocol {}...", protocol.version());
            var absent = new HashSet<String>();
            if (claims(protocol, answers, flag, absent)) {
                return new Found(protocol, Set.copyOf(absent));
            }
        }
        return null;
    }

    private static boolean claims(Protocol protocol, Answers answers, Predicate<String> flag, Set<String> absent)
            throws IOException {
        for (var claim : protocol.claims()) {
            if (claim.unless() != null && flag.test(claim.unless())) {
                continue;
            }
            try {
                String why = complaint(protocol, claim.variable(), answers);
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

    private static @Nullable String complaint(Protocol protocol, String variable, Answers answers) throws IOException {
        for (Item item : protocol.items()) {
            if (item.variable().equals(variable)) {
                while (true) {
                    Reading reading = item.read(answers.text(protocol, item.query()), 1);
                    if (reading instanceof Reading.Value) {
                        return null;
                    }
                    String why = reading instanceof Reading.Bad bad ? bad.why() : variable + " says nothing";
                    if (!answers.again(item.query())) {
                        return why;
                    }
                }
            }
        }
        return "nothing tells " + variable;
    }
}
