package org.nutjvm.drivers.spi;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.state.DeviceTree;
import org.nutjvm.common.state.Range;
import org.nutjvm.common.state.Variable;
import org.nutjvm.common.wire.DriverLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The state a driver publishes (drivers/dstate.c). What changes is told to a listener, as the line that travels
/// on the state socket; what stays the same is not.
///
/// Values keep 255 bytes as in C. A variable made immutable (`override.*` of ups.conf) ignores everybody.
///
/// Belongs to the thread that calls the driver.
public final class Dstate {
    private static final Logger LOG = LoggerFactory.getLogger(Dstate.class);

    private final DeviceTree tree = new DeviceTree();
    private final Set<String> immutable = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final StatusWords status = new StatusWords();
    private final StatusWords buzzwords = new StatusWords();
    private final StringBuilder alarm = new StringBuilder();
    private final ChargeTrend trend;
    private Consumer<DriverLine> listener = line -> {};
    private boolean stale = true;
    private boolean ignorelb;
    private int alarmsActive;
    private boolean alarmAsStatusWord;

    /// An empty, stale state.
    public Dstate() {
        this(new ChargeTrend(System::nanoTime));
    }

    Dstate(ChargeTrend trend) {
        this.trend = trend;
    }

    /// Names who hears of changes from now on.
    public void listener(Consumer<DriverLine> newListener) {
        listener = newListener;
    }

    /// Sets a value, making the variable when it is new.
    ///
    /// @return whether anything changed
    public boolean setinfo(String name, String value) {
        if (immutable.contains(name)) {
            return false;
        }
        String text = printable(value);
        String kept = text.length() > StatusWords.LIMIT ? text.substring(0, StatusWords.LIMIT) : text;
        boolean changed = tree.setinfo(name, kept);
        if (changed) {
            listener.accept(new DriverLine.SetInfo(name, kept));
        }
        return changed;
    }

    /// Without control characters, which devices put into their names: whoever reads the socket line by line would see
    /// more lines than were said. Servers drop them anyway.
    private static String printable(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isISOControl(value.charAt(i))) {
                var kept = new StringBuilder(value.length());
                value.chars().filter(c -> !Character.isISOControl(c)).forEach(c -> kept.append((char) c));
                return kept.toString();
            }
        }
        return value;
    }

    /// The same with a number.
    public boolean setinfo(String name, long value) {
        return setinfo(name, Long.toString(value));
    }

    /// The value, or null when there is no such variable.
    public @Nullable String getinfo(String name) {
        return tree.value(name);
    }

    public @Nullable Variable find(String name) {
        return tree.var(name);
    }

    public boolean delinfo(String name) {
        boolean changed = !immutable.contains(name) && tree.delinfo(name);
        if (changed) {
            listener.accept(new DriverLine.DelInfo(name));
        }
        return changed;
    }

    /// Sets a value for good (`override.*`): later changes, also of its flags, are ignored.
    public void override(String name, String value) {
        setinfo(name, value);
        immutable.add(name);
    }

    public boolean immutable(String name) {
        return immutable.contains(name);
    }

    public boolean addenum(String name, String value) {
        String text = printable(value);
        return known("addenum", name) && tell(tree.addEnum(name, text), new DriverLine.AddEnum(name, text));
    }

    public boolean delenum(String name, String value) {
        return tell(tree.delEnum(name, value), new DriverLine.DelEnum(name, value));
    }

    /// Adds a span of accepted numbers; the variable becomes a number by it.
    public boolean addrange(String name, int min, int max) {
        if (min > max) {
            LOG.error("addrange: min is superior to max! ({}, {})", min, max);
            return false;
        }
        if (!known("addrange", name)
                || !tell(tree.addRange(name, new Range(min, max)), new DriverLine.AddRange(name, min, max))) {
            return false;
        }
        addflags(name, Variable.Flag.NUMBER);
        return true;
    }

    public boolean delrange(String name, int min, int max) {
        return tell(tree.delRange(name, new Range(min, max)), new DriverLine.DelRange(name, min, max));
    }

    /// The longest text accepted.
    public void setaux(String name, long aux) {
        if (known("setaux", name)) {
            tell(tree.setAux(name, aux), new DriverLine.SetAux(name, aux));
        }
    }

    /// Replaces all flags.
    public void setflags(String name, Set<Variable.Flag> flags) {
        if (!known("setflags", name)) {
            return;
        }
        if (immutable.contains(name)) {
            LOG.debug("setflags: base variable ({}) is immutable", name);
            return;
        }
        tell(tree.setFlags(name, flags), new DriverLine.SetFlags(name, words(flags)));
    }

    public void addflags(String name, Variable.Flag flag) {
        var variable = tree.var(name);
        var flags = EnumSet.noneOf(Variable.Flag.class);
        if (variable != null) {
            flags.addAll(variable.flags());
        }
        if (flags.add(flag)) {
            setflags(name, flags);
        }
    }

    public void addcmd(String name) {
        tell(tree.addCmd(name), new DriverLine.AddCmd(name));
    }

    public void delcmd(String name) {
        tell(tree.delCmd(name), new DriverLine.DelCmd(name));
    }

    /// The device answers and its data are good.
    public void dataok() {
        if (stale) {
            stale = false;
            listener.accept(new DriverLine.DataOk());
        }
    }

    /// The data must not be relied on.
    public void datastale() {
        if (!stale) {
            stale = true;
            listener.accept(new DriverLine.DataStale());
        }
    }

    public boolean stale() {
        return stale;
    }

    /// Begins a new `ups.status`.
    public void statusInit() {
        ignorelb = tree.value("driver.flag.ignorelb") != null;
        status.clear();
        alarmAsStatusWord = false;
    }

    /// Whether the status being made has a word.
    public boolean statusGet(String word) {
        return status.contains(word);
    }

    /// Adds words to the status being made, each once. `LB` is not taken from a device whose battery state is
    /// decided here (`ignorelb`); `ALARM` always becomes the first word.
    public void statusSet(String words) {
        int from = 0;
        while (from <= words.length()) {
            int blank = words.indexOf(' ', from);
            int to = blank < 0 ? words.length() : blank;
            statusWord(words.substring(from, to));
            from = to + 1;
        }
    }

    private void statusWord(String word) {
        if (ignorelb && word.equalsIgnoreCase("LB")) {
            LOG.debug("statusSet: ignoring LB flag from device");
        } else if (word.equalsIgnoreCase("ALARM")) {
            alarmAsStatusWord = true;
        } else {
            status.add(word);
        }
    }

    /// Publishes `ups.status`: what was set, `LB` by the thresholds if `ignorelb` says so, `CHRG` or `DISCHRG`
    /// when the driver named neither and the charge moved, `ALARM` in front while there is one.
    public void statusCommit() {
        if (ignorelb && (below("battery.charge") || below("battery.runtime"))) {
            status.add("LB");
        }
        String charge = tree.value("battery.charge");
        if (charge != null) {
            trend.judge(charge, status);
        }
        if (alarmsActive > 0 || alarmAsStatusWord) {
            setinfo("ups.status", status.isEmpty() ? "ALARM" : "ALARM " + status);
        } else {
            setinfo("ups.status", status.toString());
        }
    }

    /// Keeps the present charge to judge the next one by; the loop calls it before each poll.
    public void rememberCharge() {
        String charge = tree.value("battery.charge");
        if (charge != null) {
            trend.remember(charge);
        }
    }

    private boolean below(String name) {
        String value = tree.value(name);
        String low = tree.value(name + ".low");
        return value != null && low != null && Numbers.leading(value) < Numbers.leading(low);
    }

    /// Begins a new `ups.alarm`.
    public void alarmInit() {
        alarmsActive = 0;
        deviceAlarmInit();
    }

    /// Adds a sentence to the alarm being made.
    public void alarmSet(String text) {
        if (!alarm.isEmpty()) {
            alarm.append(' ');
        }
        alarm.append(text);
        if (alarm.length() > StatusWords.LIMIT) {
            LOG.warn(
                    "alarmSet: result was truncated while setting or appending alarm_buf "
                            + "(limited to {} bytes), with message: {}",
                    StatusWords.LIMIT,
                    text);
            alarm.setLength(StatusWords.LIMIT);
        }
    }

    /// Publishes `ups.alarm`, or takes it away when there is none. Before {@link #statusCommit}.
    public void alarmCommit() {
        alarmsActive = publishAlarm("ups.alarm") ? 1 : 0;
    }

    /// Begins the alarm of one device of a daisy chain; the others' stay counted.
    public void deviceAlarmInit() {
        alarm.setLength(0);
    }

    /// Publishes `device.N.ups.alarm`, or `ups.alarm` for 0.
    public void deviceAlarmCommit(int device) {
        if (publishAlarm(device == 0 ? "ups.alarm" : "device." + device + ".ups.alarm")) {
            alarmsActive++;
        }
    }

    private boolean publishAlarm(String name) {
        if (alarm.isEmpty()) {
            delinfo(name);
            return false;
        }
        setinfo(name, alarm.toString());
        return true;
    }

    /// Begins new `experimental.ups.mode.buzzwords`.
    public void buzzmodeInit() {
        buzzwords.clear();
    }

    public void buzzmodeSet(String word) {
        buzzwords.add(word);
    }

    /// Publishes them, or takes the variable away when there are none.
    public void buzzmodeCommit() {
        if (buzzwords.isEmpty()) {
            delinfo("experimental.ups.mode.buzzwords");
        } else {
            setinfo("experimental.ups.mode.buzzwords", buzzwords.toString());
        }
    }

    /// Hands over every line of a full dump in C's order: staleness, variables by name with their limits,
    /// commands by name, DATAOK, DUMPDONE.
    public void dump(Consumer<DriverLine> to) {
        if (stale) {
            to.accept(new DriverLine.DataStale());
        }
        for (var entry : tree.vars().entrySet()) {
            dump(entry.getKey(), entry.getValue(), to);
        }
        for (String cmd : tree.cmds()) {
            to.accept(new DriverLine.AddCmd(cmd));
        }
        end(to);
    }

    /// The same for one variable; nothing between the staleness lines if there is no such variable.
    public void dump(String name, Consumer<DriverLine> to) {
        if (stale) {
            to.accept(new DriverLine.DataStale());
        }
        var variable = tree.var(name);
        if (variable != null) {
            dump(name, variable, to);
        }
        end(to);
    }

    private void end(Consumer<DriverLine> to) {
        if (!stale) {
            to.accept(new DriverLine.DataOk());
        }
        to.accept(new DriverLine.DumpDone());
    }

    private void dump(String name, Variable v, Consumer<DriverLine> to) {
        to.accept(new DriverLine.SetInfo(name, v.value()));
        for (String value : v.enums()) {
            to.accept(new DriverLine.AddEnum(name, value));
        }
        for (Range range : v.ranges()) {
            to.accept(new DriverLine.AddRange(name, range.min(), range.max()));
        }
        if (v.aux() != 0) {
            to.accept(new DriverLine.SetAux(name, v.aux()));
        }
        // C keeps "immutable" among the flags, so an overridden variable has a line without words.
        if (!v.flags().isEmpty() || immutable.contains(name)) {
            to.accept(new DriverLine.SetFlags(name, words(v.flags())));
        }
    }

    /// All variables, for a dump to people.
    public DeviceTree tree() {
        return tree;
    }

    private static List<String> words(Set<Variable.Flag> flags) {
        var words = new ArrayList<String>(flags.size());
        for (var flag : Variable.Flag.values()) {
            if (flags.contains(flag)) {
                words.add(flag.name());
            }
        }
        return words;
    }

    private boolean known(String function, String name) {
        if (tree.var(name) != null) {
            return true;
        }
        LOG.error("{}: base variable ({}) does not exist", function, name);
        return false;
    }

    private boolean tell(boolean changed, DriverLine line) {
        if (changed) {
            listener.accept(line);
        }
        return changed;
    }
}
