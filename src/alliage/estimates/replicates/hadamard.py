"""Hadamard matrices: rows of +1 and -1 that are all orthogonal, which balance half-samples and successive differences.

Sylvester doubles a matrix; Paley (1933) makes one of order q + 1 (q = 3 mod 4) or 2 (q + 1) (q = 1 mod 4) from the
squares of the field of q elements, q a prime or a power of one; products of the two make the rest. Every multiple of 4
up to 88 is reached, and most of the others; where an order is not, the next one is taken.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

Signs = NDArray[np.int8]


def hadamard(order: int) -> Signs | None:
    """A Hadamard matrix of this order whose first row and first column are +1, or None where none is reached."""
    made = _made(order)
    if made is None:
        return None
    made = made * made[0]
    return np.asarray(made * made[:, :1], dtype=np.int8)


def next_order(least: int) -> int:
    """The smallest order reached that is not smaller than `least`."""
    order = least if least <= 2 else least + -least % 4
    while _made(order) is None:
        order += 4
    return order


@cache
def _made(order: int) -> Signs | None:
    if order == 1:
        return np.ones((1, 1), dtype=np.int8)
    if order == 2:
        return np.array([[1, 1], [1, -1]], dtype=np.int8)
    if order < 1 or order % 4:
        return None
    if (order - 1) % 4 == 3 and _characteristic(order - 1):
        return _paley_one(order - 1)
    if (order // 2 - 1) % 4 == 1 and _characteristic(order // 2 - 1):
        return _paley_two(order // 2 - 1)
    for factor in range(2, int(order**0.5) + 1):
        if order % factor == 0:
            one, other = _made(factor), _made(order // factor)
            if one is not None and other is not None:
                return np.kron(one, other)
    return None


def _paley_one(q: int) -> Signs:
    jacobsthal = _jacobsthal(q)
    found = np.ones((q + 1, q + 1), dtype=np.int8)
    found[1:, 1:] = jacobsthal + np.eye(q, dtype=np.int8)
    found[1:, 0] = -1
    return found


def _paley_two(q: int) -> Signs:
    conference = np.zeros((q + 1, q + 1), dtype=np.int8)
    conference[0, 1:] = conference[1:, 0] = 1
    conference[1:, 1:] = _jacobsthal(q)
    eye = np.eye(q + 1, dtype=np.int8)
    return np.kron(conference, np.array([[1, 1], [1, -1]], dtype=np.int8)) + np.kron(
        eye, np.array([[1, -1], [-1, -1]], dtype=np.int8)
    )


def _jacobsthal(q: int) -> Signs:
    """For each pair of elements of the field: 1 when their difference is a square, -1 when it is not, 0 when nil."""
    p = _characteristic(q)
    assert p is not None
    power = round(np.log(q) / np.log(p))
    places = p ** np.arange(power)
    digits = (np.arange(q)[:, None] // places) % p
    character = np.full(q, -1, dtype=np.int8)
    character[_squares(digits, p) @ places] = 1
    character[0] = 0
    differences = ((digits[:, None, :] - digits[None, :, :]) % p) @ places
    return np.asarray(character[differences])


def _squares(digits: NDArray[np.int64], p: int) -> NDArray[np.int64]:
    """The square of each element, written as a polynomial over the integers modulo p (lowest degree first)."""
    q, power = digits.shape
    modulus = _irreducible(p, power)
    found = np.zeros((q, 2 * power - 1), dtype=np.int64)
    for shift in range(power):
        found[:, shift : shift + power] += digits * digits[:, [shift]]
    for degree in range(2 * power - 2, power - 1, -1):
        found[:, degree - power : degree] -= found[:, [degree]] * modulus
    return found[:, :power] % p


def _irreducible(p: int, power: int) -> NDArray[np.int64]:
    """The lower coefficients of a monic polynomial of this degree that no smaller one divides (modulo p).

    x^power = -modulus. Its powers of x, all different until q - 1 of them have been seen, tell a primitive one.
    """
    if power == 1:
        return np.zeros(1, dtype=np.int64)
    q = p**power
    for code in range(q):
        modulus = code // p ** np.arange(power) % p
        element, steps = np.eye(power, dtype=np.int64)[0], 0
        while steps < q:
            element = (np.concatenate([[0], element[:-1]]) - element[-1] * modulus) % p
            steps += 1
            if (element[0] == 1 and not element[1:].any()) or not element.any():
                break
        if steps == q - 1 and element.any():
            return modulus
    raise AssertionError("every field of p^k elements has a primitive polynomial")


@cache
def _characteristic(q: int) -> int | None:
    """The prime that q is a power of, or None."""
    if q < 3:
        return None
    p = next((divisor for divisor in range(2, int(q**0.5) + 1) if q % divisor == 0), q)
    while q % p == 0:
        q //= p
    return p if q == 1 else None
