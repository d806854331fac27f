package org.nutjvm.drivers.qx;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.qx.Item.Trait;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads what a protocol tells of a device, and remembers what that device does not tell.
final class Walk {
    private static final Logger LOG = LoggerFactory.getLogger(Walk.class);

    /// How much is read.
    enum Extent {
        /// Everything; what cannot be read is not asked for any more.
        PROBE,
        /// What may change, and what something commanded may have changed.
        CHANGED,
        /// What may change.
        FULL,
        /// What must not be missed.
        QUICK
    }

    private final Protocol protocol;
    private final QxLink link;
    private final Detection.Settings settings;
    private final Function<String, @Nullable String> published;
    private final DoubleSupplier packs;
    private final Set<String> absent;
    private final Set<String> given;
    private final Set<Item> skipped = new HashSet<>();
    private final Map<String, String> kept = new HashMap<>();
    private boolean doubtful;
    private boolean lost;

    /// @param absent variables the device refused to tell
    /// @param given variables that ups.conf sets
    /// @param published variables there are
    /// @param packs by how much the voltage of a battery pack is multiplied
    Walk(
            Protocol protocol,
            QxLink link,
            Detection.Settings settings,
            Set<String> absent,
            Set<String> given,
            Function<String, @Nullable String> published,
            DoubleSupplier packs) {
        this.protocol = protocol;
        this.link = ChecksumLink.of(protocol, link);
        this.settings = settings;
        this.absent = absent;
        this.given = given;
        this.published = published;
        this.packs = packs;
    }

    /// Something went wrong: the answer to an old question may still come.
    void doubt() {
        doubtful = true;
    }

    /// Whether the link was lost since this was asked last: another device may be at its end.
    boolean lost() {
        boolean was = lost;
        lost = false;
        return was;
    }

    /// What is known: published, or kept here.
    @Nullable
    String known(String name) {
        String value = kept.get(name);
        return value == null ? published.apply(name) : value;
    }

    /// The variables that are not NUT's.
    Map<String, String> kept() {
        return Map.copyOf(kept);
    }

    /// Reads.
    ///
    /// @param said where words of status and alarms go
    /// @return variables
    /// @throws IOException if something is missing that must not be
    Map<String, String> run(Extent extent, StatusBits said) throws IOException {
        var answers = new Answers(link, doubtful);
        var values = new LinkedHashMap<String, String>();
        var unpublished = new HashMap<String, String>();
        if (extent == Extent.PROBE) {
            skipped.clear();
            kept.clear();
        }
        Function<String, @Nullable String> known = name -> {
            String value = values.get(name);
            value = value == null ? unpublished.get(name) : value;
            return value == null ? known(name) : value;
        };
        for (Item item : protocol.items()) {
            if (!wanted(item, extent, values, unpublished)) {
                continue;
            }
            if (!Condition.all(item.when(), known)) {
                if (item.isWords()) {
                    said.say(item, List.of());
                }
                continue;
            }
            switch (read(item, answers, known)) {
                case Reading.Value(String text) ->
                    (item.is(Trait.PRIVATE) ? unpublished : values).put(item.variable(), text);
                case Reading.Words(var words) -> said.say(item, words);
                case Reading.Nothing() -> LOG.trace("{}: nothing", item.variable());
                case Reading.Bad(String why) -> {
                    if (item.is(Trait.QUICK) || (item.is(Trait.OFTEN) && extent != Extent.PROBE)) {
                        throw new IOException(why);
                    }
                    LOG.debug("{} is left out: {}", item.variable(), why);
                    if (extent == Extent.PROBE) {
                        skipped.add(item);
                    }
                }
            }
        }
        doubtful = answers.doubtful();
        kept.putAll(unpublished);
        return values;
    }

    private boolean wanted(Item item, Extent extent, Map<String, String> values, Map<String, String> unpublished) {
        String variable = item.variable();
        if (skipped.contains(item)
                || absent.contains(variable)
                || flagged(item.unless())
                || flagged(item.query().unless())
                || values.containsKey(variable)
                || unpublished.containsKey(variable)) {
            return false;
        }
        return switch (extent) {
            case PROBE -> !given.contains(variable) || item.isWords();
            case CHANGED -> !item.is(Trait.STATIC);
            case FULL -> !item.is(Trait.STATIC) && !item.is(Trait.SEMISTATIC);
            case QUICK -> item.is(Trait.QUICK) || item.is(Trait.OFTEN);
        };
    }

    private boolean flagged(@Nullable String flag) {
        return flag != null && settings.flag(flag);
    }

    private Reading read(Item item, Answers answers, Function<String, @Nullable String> values) throws IOException {
        String question = item.query().question().with(values);
        if (question == null) {
            return new Reading.Bad(item.query().question() + " cannot be asked");
        }
        var known = new Known() {
            @Override
            public double packs() {
                return packs.getAsDouble();
            }

            @Override
            public @Nullable String value(String name) {
                return values.apply(name);
            }
        };
        try {
            while (true) {
                Reading reading = item.read(answers.text(protocol, item.query(), question), known);
                if (!(reading instanceof Reading.Bad) || !answers.again(question)) {
                    return reading;
                }
            }
        } catch (Answers.Missing e) {
            return new Reading.Bad(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            lost = true;
            throw e;
        }
    }

    /// Tells the device something that it has to obey.
    ///
    /// @param bytes without their end
    /// @return what it said
    String order(String bytes) throws IOException {
        link.open();
        if (doubtful) {
            link.quiet();
            doubtful = false;
        }
        String answer = link.ask(bytes + "\r");
        // Some devices say later what this one may say later still.
        doubtful = !answer.endsWith("\r");
        return answer;
    }
}
