package org.nutjvm.packaging.image;

import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.List;
import java.util.Optional;

/// Primitive types and the classes that stand for them.
final class Boxes {
    private record Pair(ClassDesc primitive, ClassDesc box) {}

    private static final List<Pair> ALL = List.of(
            new Pair(ConstantDescs.CD_boolean, ConstantDescs.CD_Boolean),
            new Pair(ConstantDescs.CD_byte, ConstantDescs.CD_Byte),
            new Pair(ConstantDescs.CD_char, ConstantDescs.CD_Character),
            new Pair(ConstantDescs.CD_short, ConstantDescs.CD_Short),
            new Pair(ConstantDescs.CD_int, ConstantDescs.CD_Integer),
            new Pair(ConstantDescs.CD_long, ConstantDescs.CD_Long),
            new Pair(ConstantDescs.CD_float, ConstantDescs.CD_Float),
            new Pair(ConstantDescs.CD_double, ConstantDescs.CD_Double));

    private Boxes() {}

    /// The class for a primitive type.
    static ClassDesc of(ClassDesc primitive) {
        return ALL.stream()
                .filter(p -> p.primitive.equals(primitive))
                .findFirst()
                .orElseThrow()
                .box;
    }

    /// The primitive type that a class stands for, if it does.
    static Optional<ClassDesc> unboxed(ClassDesc box) {
        return ALL.stream().filter(p -> p.box.equals(box)).findFirst().map(Pair::primitive);
    }
}
