package org.nutjvm.packaging.image;

import java.io.IOException;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CompoundElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/// Rewrites our jars so that `switch` over types and a record's equals, hashCode and toString are plain code.
///
/// `javac` leaves these to the library, which puts classes together for them while the program runs. JDK 25's AOT
/// cache holds the results for lambdas and string concatenation but not for these, so the first of them would take
/// each start of a daemon some 50 ms, and bring in two hundred classes that make classes, for good. Here each call
/// becomes one of a private method that does the same.
final class PlainCalls {
    private PlainCalls() {}

    /// Copies a jar. What is no class, and classes without such a call, stay as they are.
    static void copyJar(Path from, Path to) throws IOException {
        try (var in = new JarFile(from.toFile());
                var out = new JarOutputStream(Files.newOutputStream(to))) {
            for (var entry : (Iterable<JarEntry>) in.stream()::iterator) {
                byte[] bytes = in.getInputStream(entry).readAllBytes();
                var copy = new JarEntry(entry.getName());
                copy.setTime(entry.getTime());
                out.putNextEntry(copy);
                out.write(entry.getName().endsWith(".class") ? rewritten(bytes) : bytes);
                out.closeEntry();
            }
        }
    }

    /// A class file with plain calls.
    static byte[] rewritten(byte[] bytes) {
        var file = ClassFile.of();
        ClassModel model = file.parse(bytes);
        var methods = new ArrayList<PlainMethod>();
        ClassTransform calls = ClassTransform.transformingMethodBodies(
                PlainCalls::concerns, (code, element) -> rewrite(code, element, model, methods));
        byte[] changed = file.transformClass(model, calls.andThen(new ClassTransform() {
            @Override
            public void accept(ClassBuilder builder, ClassElement element) {
                builder.with(element);
            }

            @Override
            public void atEnd(ClassBuilder builder) {
                for (int i = 0; i < methods.size(); i++) {
                    PlainMethod method = methods.get(i);
                    int flags = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;
                    builder.withMethodBody(name(i), method.type(), flags, method::body);
                }
            }
        }));
        return methods.isEmpty() ? bytes : changed;
    }

    private static boolean concerns(MethodModel method) {
        return method.code().stream()
                .flatMap(CompoundElement::elementStream)
                .anyMatch(element -> element instanceof InvokeDynamicInstruction call
                        && PlainMethod.of(call).isPresent());
    }

    private static void rewrite(CodeBuilder code, CodeElement element, ClassModel model, List<PlainMethod> methods) {
        Optional<PlainMethod> method =
                element instanceof InvokeDynamicInstruction call ? PlainMethod.of(call) : Optional.empty();
        if (method.isEmpty()) {
            code.with(element);
            return;
        }
        boolean isInterface = (model.flags().flagsMask() & ClassFile.ACC_INTERFACE) != 0;
        code.invokestatic(
                model.thisClass().asSymbol(), name(methods.size()), method.get().type(), isInterface);
        methods.add(method.get());
    }

    private static String name(int number) {
        return "plain$" + number;
    }
}
