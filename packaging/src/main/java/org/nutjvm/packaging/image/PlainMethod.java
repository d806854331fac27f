package org.nutjvm.packaging.image;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A method that does what a call site would do that the library links while the program runs.
sealed interface PlainMethod permits PlainMethod.TypeSwitch, PlainMethod.RecordMethod, PlainLambda {
    /// Where such a method stands.
    ///
    /// @param owner the class the call site is in
    /// @param number counts the call sites of the class
    record Site(ClassDesc owner, boolean isInterface, int number) {
        /// The name of the method the call site calls.
        String name() {
            return "plain$" + number;
        }

        /// The name of the method that does a lambda's work.
        String runName() {
            return name() + "$run";
        }

        /// The class a lambda becomes.
        ClassDesc companion() {
            return owner.nested("Plain" + number);
        }
    }

    MethodTypeDesc type();

    void body(CodeBuilder code, Site site);

    /// Adds what else the class needs.
    default void addTo(ClassBuilder host, Site site) {}

    /// Another class that is needed.
    default Optional<byte[]> companion(Site site) {
        return Optional.empty();
    }

    /// The method for a call site, or empty if the call site is of another kind.
    static Optional<PlainMethod> of(InvokeDynamicInstruction call) {
        var bootstrap = call.bootstrapMethod();
        var arguments = call.invokedynamic().bootstrap().arguments();
        return switch (bootstrap.owner().descriptorString() + bootstrap.methodName()) {
            case "Ljava/lang/runtime/SwitchBootstraps;typeSwitch" -> TypeSwitch.of(call.typeSymbol(), arguments);
            case "Ljava/lang/runtime/ObjectMethods;bootstrap" ->
                RecordMethod.of(call.name().stringValue(), call.typeSymbol(), arguments);
            case "Ljava/lang/invoke/LambdaMetafactory;metafactory" ->
                PlainLambda.of(call.name().stringValue(), call.typeSymbol(), arguments);
            default -> Optional.empty();
        };
    }

    /// `switch` over types: given the value and the label to start at, the number of the first label that fits; the
    /// count of labels if none does; -1 for null (java.lang.runtime.SwitchBootstraps.typeSwitch).
    ///
    /// @param labels types and strings
    record TypeSwitch(MethodTypeDesc type, List<LoadableConstantEntry> labels) implements PlainMethod {
        private static Optional<PlainMethod> of(MethodTypeDesc type, List<LoadableConstantEntry> labels) {
            boolean known = labels.stream().allMatch(e -> e instanceof ClassEntry || e instanceof StringEntry);
            return known ? Optional.of(new TypeSwitch(type, labels)) : Optional.empty();
        }

        @Override
        public void body(CodeBuilder code, Site site) {
            var present = code.newLabel();
            code.aload(0).ifnonnull(present).loadConstant(-1).ireturn().labelBinding(present);
            for (int i = 0; i < labels.size(); i++) {
                var next = code.newLabel();
                code.iload(1).loadConstant(i).if_icmpgt(next);
                if (labels.get(i) instanceof ClassEntry label) {
                    code.aload(0).instanceOf(label);
                } else {
                    var equals = MethodTypeDesc.of(CD_boolean, CD_Object);
                    code.ldc(labels.get(i)).aload(0).invokevirtual(CD_String, "equals", equals);
                }
                code.ifeq(next).loadConstant(i).ireturn().labelBinding(next);
            }
            code.loadConstant(labels.size()).ireturn();
        }
    }

    /// equals, hashCode or toString of a record (java.lang.runtime.ObjectMethods.bootstrap).
    record RecordMethod(String name, MethodTypeDesc type, ClassDesc owner, List<Component> components)
            implements PlainMethod {
        /// A field of the record.
        record Component(String name, ClassDesc type) {
            /// The class with `hashCode`, `compare` and `toString` for such values.
            ClassDesc box() {
                return type.isPrimitive()
                        ? Boxes.of(type)
                        : Objects.class.describeConstable().orElseThrow();
            }

            /// How {@link #box} names the type in its methods.
            ClassDesc parameter() {
                return type.isPrimitive() ? type : CD_Object;
            }
        }

        private static Optional<PlainMethod> of(
                String name, MethodTypeDesc type, List<LoadableConstantEntry> arguments) {
            if (!(arguments.getFirst() instanceof ClassEntry owner)) {
                return Optional.empty();
            }
            var components = new ArrayList<Component>();
            for (LoadableConstantEntry argument : arguments.subList(2, arguments.size())) {
                if (!(argument instanceof MethodHandleEntry getter)) {
                    return Optional.empty();
                }
                var field = getter.reference();
                components.add(new Component(
                        field.name().stringValue(),
                        ClassDesc.ofDescriptor(field.type().stringValue())));
            }
            return Optional.of(new RecordMethod(name, type, owner.asSymbol(), components));
        }

        @Override
        public void body(CodeBuilder code, Site site) {
            switch (name) {
                case "equals" -> equalsBody(code);
                case "hashCode" -> hashCodeBody(code);
                default -> toStringBody(code);
            }
        }

        private void equalsBody(CodeBuilder code) {
            var differ = code.newLabel();
            code.aload(1).instanceOf(owner).ifeq(differ);
            for (Component one : components) {
                code.aload(0).getfield(owner, one.name, one.type);
                code.aload(1).checkcast(owner).getfield(owner, one.name, one.type);
                if (one.type.isPrimitive()) {
                    code.invokestatic(one.box(), "compare", MethodTypeDesc.of(CD_int, one.type, one.type));
                    code.ifne(differ);
                } else {
                    code.invokestatic(one.box(), "equals", MethodTypeDesc.of(CD_boolean, CD_Object, CD_Object));
                    code.ifeq(differ);
                }
            }
            code.loadConstant(1).ireturn().labelBinding(differ).loadConstant(0).ireturn();
        }

        private void hashCodeBody(CodeBuilder code) {
            code.loadConstant(0);
            for (Component one : components) {
                code.loadConstant(31).imul().aload(0).getfield(owner, one.name, one.type);
                code.invokestatic(one.box(), "hashCode", MethodTypeDesc.of(CD_int, one.parameter()))
                        .iadd();
            }
            code.ireturn();
        }

        private void toStringBody(CodeBuilder code) {
            ClassDesc builder = StringBuilder.class.describeConstable().orElseThrow();
            MethodTypeDesc append = MethodTypeDesc.of(builder, CD_String);
            String start = owner.displayName().substring(owner.displayName().lastIndexOf('$') + 1) + "[";
            code.new_(builder).dup().invokespecial(builder, "<init>", MethodTypeDesc.of(CD_void));
            for (Component one : components) {
                code.loadConstant(start + one.name + "=").invokevirtual(builder, "append", append);
                code.aload(0).getfield(owner, one.name, one.type);
                code.invokestatic(one.box(), "toString", MethodTypeDesc.of(CD_String, one.parameter()));
                code.invokevirtual(builder, "append", append);
                start = ", ";
            }
            code.loadConstant(components.isEmpty() ? start + "]" : "]").invokevirtual(builder, "append", append);
            code.invokevirtual(builder, "toString", MethodTypeDesc.of(CD_String))
                    .areturn();
        }
    }
}
