package org.nutjvm.packaging.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Classes say the same after they have been rewritten, and no longer ask the library how.
class PlainCallsTest {
    sealed interface Shape {}

    record Circle(double radius, @Nullable String name) implements Shape {}

    record Box(int width, long height, boolean open, char mark, float weight, List<String> content) implements Shape {}

    record Point() implements Shape {}

    enum Size {
        SMALL,
        LARGE
    }

    interface Spoken {
        String say();

        default List<String> twice() {
            Supplier<String> again = () -> say() + privately();
            return List.of(say(), again.get());
        }

        private String privately() {
            Supplier<String> own = this::say;
            return own.get().toUpperCase(Locale.ROOT);
        }
    }

    /// What the rewritten classes are asked to do.
    public static final class Sample implements Supplier<List<String>> {
        @Override
        public List<String> get() {
            var said = new ArrayList<String>();
            var content = List.of("1", "2");
            var box = new Box(3, 4L, true, 'x', 0.5f, content);
            for (var shape : new Shape[] {new Circle(1.5, "c"), box, new Point()}) {
                Object other = "no shape";
                said.add(kind(shape) + shape.equals(new Point()) + shape.equals(other));
            }
            said.add(new Circle(Double.NaN, null) + " "
                    + new Circle(Double.NaN, null).equals(new Circle(Double.NaN, null)));
            said.add("" + new Circle(0.0, "a").equals(new Circle(-0.0, "a")));
            said.add(new Circle(2, "é").toString() + new Circle(2, "é").hashCode());
            said.add(new Point() + " " + new Point().hashCode());
            said.add("" + box.equals(new Box(3, 4L, true, 'x', 0.5f, content)) + box.hashCode() + box);
            said.add("" + box.equals(new Box(3, 4L, true, 'y', 0.5f, content)));
            for (Object value : new Object[] {"text", "other", 7, Size.LARGE, 'c'}) {
                said.add(mixed(value));
            }
            said.add(word(null) + word("on") + word("off") + word("else"));
            said.addAll(lambdas(41));
            said.addAll(((Spoken) () -> "a lambda of an interface").twice());
            try {
                said.add(kind(null));
            } catch (NullPointerException e) {
                said.add("null is refused");
            }
            return said;
        }

        private final long own = 1L << 40;

        /// Each way of capturing, converting and calling.
        private List<String> lambdas(int number) {
            double real = 0.5;
            long big = 1L << 33;
            IntUnaryOperator next = x -> x + number;
            DoubleSupplier sum = () -> real + big + number + own;
            ToIntFunction<String> length = String::length;
            Function<String, Integer> boxed = String::length;
            LongSupplier widened = "four"::length;
            Function<Integer, Long> unboxed = Sample::twice;
            Supplier<List<String>> made = ArrayList::new;
            Function<String, StringBuilder> builder = StringBuilder::new;
            IntFunction<String[]> array = String[]::new;
            var seen = made.get();
            Runnable valueDropped = () -> seen.add("seen");
            Runnable numberDropped = new AtomicLong()::incrementAndGet;
            Consumer<String> wordDropped = new StringBuilder()::append;
            Supplier<Object> superMethod = super::getClass;
            BiFunction<Shape, Object, Boolean> unbound = Shape::equals;
            Supplier<Supplier<String>> nested = () -> () -> "nested " + real + number;
            ToLongFunction<Integer> narrow = Integer::intValue;
            valueDropped.run();
            numberDropped.run();
            wordDropped.accept("x");
            var same = new HashSet<Runnable>();
            for (int i = 0; i < 2; i++) {
                Runnable nothing = () -> {};
                same.add(nothing);
            }
            assertEquals(1, same.size());
            return List.of(
                    "" + next.applyAsInt(1) + sum.getAsDouble(),
                    "" + length.applyAsInt("abc") + boxed.apply("abcd") + widened.getAsLong() + unboxed.apply(21),
                    "" + seen + made.get() + builder.apply("text") + array.apply(3).length,
                    superMethod.get().toString() + unbound.apply(new Point(), new Point()),
                    nested.get().get() + narrow.applyAsLong(7),
                    Stream.of(3, 1, 2)
                            .sorted(Comparator.comparingInt((Integer i) -> -i))
                            .toList()
                            .toString());
        }

        private static long twice(int number) {
            return 2L * number;
        }

        @SuppressWarnings("NullAway") // null is one of the cases
        private static String kind(@Nullable Shape shape) {
            return switch (shape) {
                case Circle(double radius, var name) when radius > 1 -> "big circle " + name;
                case Circle _ -> "circle";
                case Box box -> "box " + box.width();
                case Point _ -> "point";
            };
        }

        private static String mixed(Object value) {
            return switch (value) {
                case String text when text.length() > 4 -> "long " + text;
                case String text -> text;
                case Integer number -> "number " + number;
                case Size size -> "size " + size;
                default -> "something";
            };
        }

        private static String word(@Nullable String word) {
            return switch (word) {
                case null -> "none ";
                case "on" -> "yes ";
                case "off" -> "no ";
                default -> "what ";
            };
        }
    }

    private static byte[] bytesOf(String name) throws IOException {
        try (var in = PlainCallsTest.class.getClassLoader().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new IOException("no class file for " + name);
            }
            return in.readAllBytes();
        }
    }

    /// Loads this test's classes rewritten, and all others as they are.
    private static final class Rewriting extends ClassLoader {
        private final Map<String, byte[]> files = new HashMap<>();

        Rewriting() {
            super(PlainCallsTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(PlainCallsTest.class.getName())) {
                return super.loadClass(name, resolve);
            }
            var loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            String file = name.replace('.', '/') + ".class";
            try {
                if (!files.containsKey(file)) {
                    files.putAll(PlainCalls.rewritten(bytesOf(name)));
                }
                byte[] bytes = Objects.requireNonNull(files.get(file));
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @Test
    void rewrittenClassesSayTheSame() throws ReflectiveOperationException {
        Class<?> rewritten = new Rewriting().loadClass(Sample.class.getName());
        assertNotEquals(Sample.class, rewritten);
        var said = (Supplier<?>) rewritten.getConstructor().newInstance();
        assertEquals(
                String.join("\n", new Sample().get()),
                String.join(
                        "\n",
                        ((List<?>) said.get()).stream().map(String::valueOf).toList()));
    }

    @Test
    void noCallIsLeftToTheLibrary() throws IOException {
        for (var type : List.of(Sample.class, Spoken.class, Circle.class, Box.class, Point.class)) {
            byte[] bytes = bytesOf(type.getName());
            assertTrue(mentionsBootstraps(bytes), type + " shows nothing");
            assertFalse(mentionsBootstraps(withoutUnusedConstants(first(PlainCalls.rewritten(bytes)))), type.getName());
        }
    }

    @Test
    void classWithoutSuchCallsStaysAsItIs() throws IOException {
        byte[] bytes = bytesOf(Rewriting.class.getName());
        assertSame(bytes, first(PlainCalls.rewritten(bytes)));
    }

    private static byte[] first(Map<String, byte[]> files) {
        return files.values().iterator().next();
    }

    private static boolean mentionsBootstraps(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.contains("java/lang/invoke/LambdaMetafactory")
                || text.contains("java/lang/runtime/SwitchBootstraps")
                || text.contains("java/lang/runtime/ObjectMethods");
    }

    /// A transformation keeps the old constant pool; a fresh one shows what is still referred to.
    private static byte[] withoutUnusedConstants(byte[] bytes) {
        var file = ClassFile.of(ClassFile.ConstantPoolSharingOption.NEW_POOL);
        return file.transformClass(file.parse(bytes), ClassTransform.ACCEPT_ALL);
    }
}
