package org.nutjvm.common.io;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.LastError;
import com.kenai.jffi.Library;
import com.kenai.jffi.MemoryIO;
import com.kenai.jffi.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The C library's functions by their names, and memory they can be pointed to.
///
/// All calls have one shape, three machine words in and one out: the calling conventions of 64-bit Linux pass ints and
/// pointers in whole registers. A process that calls nothing here pays nothing; what it costs the others, beside
/// `java.lang.foreign`, stands in docs/adr/0003-native-calls.md.
final class CLibrary {
    static {
        // Read by the library's classes when they are loaded: no sun.misc.Unsafe, of whose use the JDK warns.
        System.setProperty("jffi.unsafe.disabled", "true");
        Path natives = Path.of(System.getProperty("nut.home", ""), "lib", "native");
        if (Files.isRegularFile(natives.resolve(System.mapLibraryName("jffi-1.2")))) {
            // An image has it ready; otherwise it is unpacked to the directory for temporary files.
            System.setProperty("jffi.boot.library.path", natives.toString());
        }
    }

    private static final Library LIBC = Library.getDefault();
    private static final Invoker INVOKER = Invoker.getInstance();
    private static final LastError LAST_ERROR = LastError.getInstance();
    private static final CallContext SHAPE = shape();
    private static final MemoryIO MEMORY = MemoryIO.getInstance();

    private CLibrary() {}

    private static CallContext shape() {
        if (Type.POINTER.size() != Long.BYTES) {
            throw new UnsupportedOperationException("system calls need a 64-bit system");
        }
        Type word = Type.SINT64;
        return CallContext.getCallContext(word, new Type[] {word, word, word}, CallingConvention.DEFAULT, true);
    }

    /// Calls a function that is not variadic, or whose arguments' registers are those of any other.
    ///
    /// @return what it left in the first register
    static long call(String function, long a, long b, long c) {
        long address = LIBC.getSymbolAddress(function);
        if (address == 0) {
            throw new UnsatisfiedLinkError(function);
        }
        return INVOKER.invokeL3(SHAPE, address, a, b, c);
    }

    /// The error number of this thread's last {@link #call}.
    static int errno() {
        return LAST_ERROR.get();
    }

    /// The bytes from an address to the next zero.
    static String string(long address) {
        return new String(MEMORY.getZeroTerminatedByteArray(address), StandardCharsets.UTF_8);
    }

    static int intAt(long address) {
        return MEMORY.getInt(address);
    }

    /// Memory of the C library's, zeroed, given back by {@link #close()}. Nothing checks its bounds but its user.
    static final class Block implements AutoCloseable {
        private final long address;

        Block(int bytes) {
            address = MEMORY.allocateMemory(bytes, true);
            if (address == 0) {
                throw new OutOfMemoryError("malloc of " + bytes + " bytes");
            }
        }

        /// A text with its final zero.
        static Block of(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            var block = new Block(bytes.length + 1);
            block.put(0, bytes, 0, bytes.length);
            return block;
        }

        long address() {
            return address;
        }

        void put(int offset, byte[] from, int start, int count) {
            MEMORY.putByteArray(address + offset, from, start, count);
        }

        void get(int offset, byte[] into, int start, int count) {
            MEMORY.getByteArray(address + offset, into, start, count);
        }

        void putByte(int offset, int value) {
            MEMORY.putByte(address + offset, (byte) value);
        }

        void putShort(int offset, int value) {
            MEMORY.putShort(address + offset, (short) value);
        }

        void putInt(int offset, int value) {
            MEMORY.putInt(address + offset, value);
        }

        int getInt(int offset) {
            return MEMORY.getInt(address + offset);
        }

        @Override
        public void close() {
            MEMORY.freeMemory(address);
        }
    }
}
