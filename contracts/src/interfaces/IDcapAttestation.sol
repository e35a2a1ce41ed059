// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

/// @title What is used of an on-chain verifier of Intel DCAP quotes.
/// @dev The interface and the output of Automata's DCAP attestation, release 1.1 (github.com/automata-network/
/// automata-dcap-attestation, evm/contracts): quote version, 2 bytes; quote body type, 2 (1 SGX, 2 TD 1.0, 3 TD 1.5);
/// TCB status, 1; FMSPC, 6; the quote body, 384, 584 or 648; the advisories.
interface IDcapAttestation {
    function verifyAndAttestOnChain(bytes calldata rawQuote) external payable returns (bool success, bytes memory output);
}
