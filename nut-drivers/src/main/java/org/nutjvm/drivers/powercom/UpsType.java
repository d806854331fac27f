package org.nutjvm.drivers.powercom;

import java.util.List;

/// A type of UPS: how its answers look and what their bytes mean (drivers/powercom.h: struct type).
///
/// @param name as in the setting `type`
/// @param asks whether it says of what family and model it is
/// @param bytes length of an answer
/// @param feedsCable whether DTR has to be off and RTS on
/// @param checks bytes that are the same in each answer
/// @param delay how long it waits before it switches off
/// @param frequency coefficients; so the others
record UpsType(
        String name,
        boolean asks,
        int bytes,
        boolean feedsCable,
        List<Check> checks,
        Delay delay,
        List<Float> frequency,
        List<Float> load,
        List<Float> charge,
        List<Float> voltage) {
    static final String FEEDING = "dtr0rts1";
    static final String NOT_FEEDING = "no_flow_control";

    /// The byte at a place has a value.
    record Check(int index, int value) {}

    /// How long the device waits before it switches off.
    ///
    /// @param withMinutes whether minutes are sent
    record Delay(int minutes, int seconds, boolean withMinutes) {
        /// As it is sent.
        byte[] behind(int... orders) {
            byte[] bytes = new byte[orders.length + (withMinutes ? 2 : 1)];
            for (int i = 0; i < orders.length; i++) {
                bytes[i] = (byte) orders[i];
            }
            if (withMinutes) {
                bytes[bytes.length - 2] = (byte) minutes;
            }
            bytes[bytes.length - 1] = (byte) seconds;
            return bytes;
        }
    }
}
