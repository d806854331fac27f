package org.nutjvm.drivers.upscode2;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.nutjvm.common.state.Variable;
import org.nutjvm.drivers.port.PortLostException;
import org.nutjvm.drivers.port.Reopened;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.spi.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A UPS that speaks UPScode II (drivers/upscode2.c).
final class UpscodeUps implements Driver {
    private static final Logger LOG = LoggerFactory.getLogger(UpscodeUps.class);

    /// Lists the commands there are, ending with itself.
    private static final String LIST = "UPCL";

    private static final String DATA = "UPDS";
    private static final String NOMINAL = "UPDV";
    private static final String BATTERIES = "UPBS";
    private static final String POWER_CYCLE = "UPPC";
    private static final String POWER_FAIL = "UPPF";

    private static final int DELAY_LENGTH = 7;
    private static final int PARAMETER_LENGTH = 32;
    private static final Duration BETWEEN_ORDERS = Duration.ofSeconds(1);
    private static final Map<String, String> USUAL_DELAYS =
            Map.of("ups.delay.shutdown", "10", "ups.delay.reboot", "60");

    private final Device device;
    private final Dstate dstate;
    private final Reopened line;
    private final UpscodeSettings settings;
    private final Table table;
    private final Talk talk;
    private final Map<String, Answer> believed = new HashMap<>();
    private final Map<String, String> clockForms = new HashMap<>();
    private Set<String> listed = Set.of();
    private @Nullable String model;
    private @Nullable String serial;
    private @Nullable Publisher publisher;
    private List<String> alarms = List.of();
    private List<String> odd = List.of();
    private boolean introduced;
    private boolean lost;
    private @Nullable Long fullAt;

    UpscodeUps(Device device, Reopened line, UpscodeSettings settings, Table table) {
        this.device = device;
        this.line = line;
        this.settings = settings;
        this.table = table;
        dstate = device.dstate();
        talk = new Talk(line, settings);
    }

    @Override
    public void initinfo(Dstate into) throws IOException {
        try {
            introduce();
        } catch (IOException e) {
            lost(e);
            throw e;
        }
    }

    private void introduce() throws IOException {
        var all = new TreeSet<>(talk.commands(LIST));
        if (!all.stream().allMatch(UpscodeUps::isCommand)) {
            all.addAll(talk.commands(LIST));
        }
        listed = all;
        for (Table.Order command : table.commands()) {
            if (listed.contains(command.code())) {
                dstate.addcmd(command.name());
            } else {
                dstate.delcmd(command.name());
            }
        }
        for (Table.Order variable : table.variables()) {
            if (listed.contains(variable.code())) {
                readDelay(variable);
            }
        }
        dstate.setinfo("ups.mfr", settings.manufacturer());
        model = identity("ups.model", "UPTP", null, "NNAME");
        serial = identity("ups.serial", "UPSN", "0", "ACSN");
        if (listed.contains("UPDA")) {
            talk.send("UPDA");
            talk.unsettle();
        }
        if (listed.contains("UPID")) {
            identity("ups.id", "UPID", null, "ACID");
        }
        for (Table.Order variable : table.variables()) {
            if (listed.contains(variable.code())) {
                String seconds = USUAL_DELAYS.getOrDefault(variable.name(), "0");
                if (!setDelay(variable, seconds)) {
                    LOG.warn("the UPS does not confirm {} = {}", variable.name(), seconds);
                }
            }
        }
        introduced = true;
    }

    private static boolean isCommand(String text) {
        return text.length() == 4 && text.startsWith("UP");
    }

    private @Nullable String identity(String name, String command, @Nullable String more, String answer)
            throws IOException {
        String value = talk.steady(command, more, answer, false);
        if (value == null) {
            dstate.delinfo(name);
        } else {
            dstate.setinfo(name, value);
        }
        return value;
    }

    private void readDelay(Table.Order variable) throws IOException {
        String value = talk.steady(variable.code(), "0000", variable.more(), false);
        if (value == null) {
            LOG.warn("the UPS does not tell {}", variable.name());
            return;
        }
        publishDelay(variable, value);
    }

    private void publishDelay(Table.Order variable, String value) {
        dstate.setinfo(variable.name(), value);
        dstate.setflags(variable.name(), EnumSet.of(Variable.Flag.RW, Variable.Flag.STRING));
        dstate.setaux(variable.name(), DELAY_LENGTH);
    }

    /// @return whether the device says that it has it now
    private boolean setDelay(Table.Order variable, String seconds) throws IOException {
        String answer = talk.value(variable.code(), seconds, variable.more());
        if (answer == null) {
            return false;
        }
        if (Answer.number(answer) == Answer.number(seconds)) {
            publishDelay(variable, answer);
            return true;
        }
        readDelay(variable);
        String now = dstate.getinfo(variable.name());
        return now != null && Answer.number(now) == Answer.number(seconds);
    }

    @Override
    public void updateinfo(Dstate into) throws IOException {
        try {
            line.open();
            if (lost) {
                resume();
            }
            poll();
        } catch (IOException e) {
            lost(e);
            throw e;
        }
    }

    private void lost(IOException e) {
        lost = true;
        fullAt = null;
        talk.unsettle();
        if (e instanceof PortLostException) {
            line.close();
        }
    }

    /// After a loss: another device may be there than before.
    private void resume() throws IOException {
        if (introduced) {
            String nowModel = talk.steady("UPTP", null, "NNAME", false);
            if (nowModel == null) {
                throw new IOException("the UPS does not answer");
            }
            String nowSerial = talk.steady("UPSN", "0", "ACSN", false);
            if (!nowModel.equals(model) || (serial != null && !serial.equals(nowSerial))) {
                LOG.warn("Another device answers: {} {} instead of {} {}", nowModel, nowSerial, model, serial);
                forget();
            }
        }
        if (!introduced) {
            introduce();
        }
        lost = false;
    }

    private void forget() {
        introduced = false;
        publisher = null;
        believed.clear();
        for (Table.Entry entry : table.answers().values()) {
            if (entry.kind() == Table.Kind.NUMBER || entry.kind() == Table.Kind.TEXT) {
                dstate.delinfo(entry.name());
                dstate.delinfo(entry.three());
            }
        }
        for (String name : new String[] {"ups.load", "battery.charge", "battery.runtime", "ups.date", "ups.time"}) {
            dstate.delinfo(name);
        }
        for (int phase = 1; phase <= 3; phase++) {
            dstate.delinfo("output.L" + phase + ".power.percent");
            dstate.delinfo("output.L" + phase + ".realpower.percent");
        }
        table.variables().forEach(variable -> dstate.delinfo(variable.name()));
    }

    private void poll() throws IOException {
        Answer now = ask(DATA);
        var to = publisher;
        if (to == null) {
            to = new Publisher(table, dstate, now, model);
            if (to.ups9000()) {
                LOG.info("Fiskars UPS9000 detected, protocol kludges activated");
            }
            publisher = to;
        }
        to.begin();
        long time = device.nanoTime().getAsLong();
        Long since = fullAt;
        if (since == null || time - since > settings.full().toNanos()) {
            to.publish(NOMINAL, ask(NOMINAL));
            if (listed.contains(BATTERIES)) {
                to.publish(BATTERIES, ask(BATTERIES));
            }
            fullAt = time;
        }
        to.publish(DATA, now);
        clock("ups.date", "UPDT", "ACDT");
        clock("ups.time", "UPTM", "ACTM");
        to.conclude(now);
        tell(now);
    }

    /// Asks for pairs until there is no doubt about them.
    private Answer ask(String question) throws IOException {
        var before = believed.get(question);
        var answer = talk.answer(question, table);
        if (!answer.like(before)) {
            var again = talk.answer(question, table);
            if (!again.confirms(answer, before)) {
                throw new IOException("the UPS's answers contradict each other, the line is bad");
            }
            answer = again;
        }
        believed.put(question, answer);
        return answer;
    }

    /// Date or time, which change only their digits. Another form is taken when two polls have it.
    private void clock(String name, String command, String answer) throws IOException {
        if (!listed.contains(command)) {
            return;
        }
        String before = dstate.getinfo(name);
        String now = before == null ? talk.steady(command, "0", answer, true) : talk.value(command, "0", answer);
        if (now == null) {
            return;
        }
        String form = Answer.form(now);
        boolean known = before == null || form.equals(Answer.form(before));
        if (form.equals(clockForms.put(name, form)) || known) {
            dstate.setinfo(name, now);
        }
    }

    private void tell(Answer now) {
        if (!now.alarms().equals(alarms)) {
            alarms = now.alarms();
            if (alarms.isEmpty()) {
                LOG.info("the UPS has no more complaints");
            } else {
                LOG.warn("the UPS complains: {}", String.join(", ", alarms));
            }
        }
        if (!now.odd().equals(odd)) {
            odd = now.odd();
            if (!odd.isEmpty()) {
                LOG.warn("Unknown response to {}: {}", DATA, String.join(", ", odd));
            }
        }
    }

    @Override
    public Outcome instcmd(String cmd, Optional<String> param) throws IOException {
        for (Table.Order command : table.commands()) {
            if (command.name().equalsIgnoreCase(cmd) && listed.contains(command.code())) {
                String more = command.more().isEmpty() ? param.orElse("") : command.more();
                if (!printable(more)) {
                    return Outcome.INVALID;
                }
                line.open();
                order(command.code(), more);
                return Outcome.HANDLED;
            }
        }
        return Outcome.UNKNOWN;
    }

    private static boolean printable(String text) {
        return text.length() <= PARAMETER_LENGTH && text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }

    private void order(String code, String more) throws IOException {
        try {
            talk.send(code);
            if (!more.isEmpty()) {
                talk.send(more);
            }
        } catch (IOException e) {
            lost(e);
            throw e;
        } finally {
            talk.unsettle();
        }
    }

    @Override
    public Outcome setvar(String var, String value) throws IOException {
        for (Table.Order variable : table.variables()) {
            if (variable.name().equalsIgnoreCase(var) && listed.contains(variable.code())) {
                boolean number = !value.isEmpty()
                        && value.length() <= DELAY_LENGTH
                        && value.chars().allMatch(c -> c >= '0' && c <= '9');
                if (!number) {
                    return Outcome.INVALID;
                }
                line.open();
                return set(variable, value);
            }
        }
        return Outcome.UNKNOWN;
    }

    private Outcome set(Table.Order variable, String value) throws IOException {
        try {
            return setDelay(variable, value) ? Outcome.HANDLED : Outcome.FAILED;
        } catch (IOException e) {
            lost(e);
            throw e;
        }
    }

    /// Has it switch off and on again, twice, to be sure. It does not answer. One that does not list that order, but
    /// the
    /// one to go off until there is power, gets that.
    @Override
    public Outcome shutdown() throws IOException {
        line.open();
        String code = !listed.contains(POWER_CYCLE) && listed.contains(POWER_FAIL) ? POWER_FAIL : POWER_CYCLE;
        for (Table.Order command : table.commands()) {
            if (command.code().equals(code)) {
                order(code, command.more());
                talk.pause(BETWEEN_ORDERS);
                order(code, command.more());
                talk.pause(BETWEEN_ORDERS);
            }
        }
        if (listed.isEmpty()) {
            LOG.error("the order to switch off was sent, but this UPS has not said anything yet");
            return Outcome.FAILED;
        }
        return Outcome.HANDLED;
    }

    @Override
    public void close() {
        line.close();
    }
}
