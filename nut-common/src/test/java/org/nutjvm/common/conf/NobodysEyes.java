package org.nutjvm.common.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.Callable;

/// Looks at files as a user without rights, so that a test which needs a permission to be denied works for root too.
final class NobodysEyes {
    private static final int NOBODY = 65534;

    private NobodysEyes() {}

    /// Calls it with `nobody` as this thread's user for file access, if this is root; just calls it for everybody else.
    @SuppressWarnings("restricted")
    static <T> T look(Callable<T> what) throws Throwable {
        var linker = Linker.nativeLinker();
        MethodHandle setfsuid = linker.downcallHandle(
                linker.defaultLookup().find("setfsuid").orElseThrow(),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        int before = (int) setfsuid.invokeExact(-1); // an impossible user: only asks
        if (before != 0) {
            return what.call();
        }
        try {
            what.call(); // the classes have to be loaded while that is allowed
        } catch (AssertionError expected) {
            // root can read everything
        }
        int old = (int) setfsuid.invokeExact(NOBODY);
        try {
            return what.call();
        } finally {
            int again = (int) setfsuid.invokeExact(old);
            assertEquals(NOBODY, again, "the user in between");
        }
    }
}
