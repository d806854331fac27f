package org.nutjvm.drivers.powercom;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.spi.BuiltIn;

/// What is known of types and models, out of `powercom.txt`.
record Tables(
        Map<String, UpsType> types,
        List<Integer> nominals,
        Map<String, List<Integer>> models,
        List<Volts> volts,
        List<Inverter> inverters,
        List<Load> loads,
        List<Curve> curves) {
    /// Numbers of models from one to another.
    record Span(int from, int to) {}

    /// A family, and some of its models.
    record Scope(String family, List<Span> models) {
        boolean has(String ofFamily, int model) {
            if (family.equals(ofFamily)) {
                for (Span span : models) {
                    if (model >= span.from && model <= span.to) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    /// A voltage: (`factor` x + `plus`) `times` / `by`.
    ///
    /// @param state `normal`, `boost` or `buck`
    /// @param line 200 or 100
    record Volts(Scope scope, String state, int line, double factor, double plus, double times, double by) {
        float of(int x) {
            return (float) ((factor * x + plus) * times / by);
        }
    }

    /// Coefficients of an output on battery, by the model's number in its list.
    record Inverter(int line, List<Float> x, List<Float> y, List<Float> z) {}

    /// A load in percent.
    ///
    /// @param factor of the byte, or 0 if it is divided instead
    /// @param first code of nominal voltage of the first divisor
    record Load(Scope scope, boolean battery, double factor, int first, List<Integer> divisors) {
        private static final double PERCENT = 110;

        float of(int x, int nominal) {
            if (factor != 0) {
                return (float) (x * factor);
            }
            int index = nominal - first;
            return index < 0 || index >= divisors.size() ? Float.NaN : (float) (x * PERCENT / divisors.get(index));
        }
    }

    /// A charge by three points.
    ///
    /// @param part of the load that is added
    record Curve(Scope scope, int empty, int low, int full, double part) {
        private static final double LOW_PERCENT = 30;
        private static final double REST = 70;

        float of(float x) {
            if (x <= empty) {
                return 0;
            }
            if (x <= low) {
                return (float) ((x - empty) * LOW_PERCENT / (low - empty));
            }
            return x <= full ? (float) (LOW_PERCENT + (x - low) * REST / (full - low)) : 100;
        }
    }

    static Tables read() throws IOException {
        return TableReader.read(BuiltIn.text(Tables.class, "powercom.txt"));
    }

    /// Volts for a number in answers, or 0.
    int nominal(int code) {
        return code < nominals.size() ? nominals.get(code) : 0;
    }

    /// A model for a number in answers, or 0.
    int model(String family, int code) {
        var list = models.get(family);
        return list == null || code >= list.size() ? 0 : list.get(code);
    }

    @Nullable
    Volts volts(String family, String state, int line, int model) {
        for (Volts one : volts) {
            if (one.line == line && one.state.equals(state) && one.scope.has(family, model)) {
                return one;
            }
        }
        return null;
    }

    @Nullable
    Inverter inverter(int line) {
        for (Inverter one : inverters) {
            if (one.line == line) {
                return one;
            }
        }
        return null;
    }

    @Nullable
    Load load(String family, boolean battery, int model) {
        for (Load one : loads) {
            if (one.battery == battery && one.scope.has(family, model)) {
                return one;
            }
        }
        return null;
    }

    @Nullable
    Curve curve(String family, int model) {
        for (Curve one : curves) {
            if (one.scope.has(family, model)) {
                return one;
            }
        }
        return null;
    }
}
